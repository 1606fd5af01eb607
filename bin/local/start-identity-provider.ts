import { type Child, startChild } from "./child-process.ts";
import { withoutSettings } from "./process-settings.ts";

type Wish = {
  root: string;
  port: number;
  /** Where the web process is: the provider sends browsers back to nowhere else. */
  webUrl: string;
  secret: string;
  logFile: string;
  onDeath: (how: string) => void;
};

/** Starts the sample identity provider on loopback. */
export const startIdentityProvider = ({ root, port, webUrl, secret, logFile, onDeath }: Wish): Child =>
  startChild({
    name: "identity provider",
    root,
    args: ["bin/local/identity-provider.ts"],
    env: {
      ...withoutSettings(),
      ROLLCALL_BASE_URL: webUrl,
      SAMPLE_PROVIDER_PORT: String(port),
      SAMPLE_PROVIDER_SECRET: secret,
    },
    logFile,
    onDeath,
  });

export const identityProviderUrl = (port: number): string => `http://127.0.0.1:${port}`;

export const providerAnswers = (url: string, signal?: AbortSignal): Promise<boolean> =>
  fetch(`${url}/.well-known/openid-configuration`, { signal }).then(
    (answer) => answer.ok,
    () => false,
  );
