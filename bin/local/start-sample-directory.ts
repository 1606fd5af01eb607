import { type Child, startChild } from "./child-process.ts";
import { authorityFile } from "./ldap/keep-certificates.ts";
import { sampleReader, sampleSuffix } from "./ldap/sample-directory.ts";
import { withoutSettings } from "./process-settings.ts";

type Wish = {
  root: string;
  ports: { startTls: number; ldaps: number; door: number };
  password: string;
  token: string;
  /** Where its certificates are kept. */
  folder: string;
  logFile: string;
  onDeath: (how: string) => void;
};

/** Starts the sample directory on loopback. */
export const startSampleDirectory = ({ root, ports, password, token, folder, ...rest }: Wish): Child =>
  startChild({
    name: "sample directory",
    root,
    args: ["bin/local/sample-directory.ts"],
    env: {
      ...withoutSettings(),
      SAMPLE_DIRECTORY_PORT: String(ports.startTls),
      SAMPLE_DIRECTORY_LDAPS_PORT: String(ports.ldaps),
      SAMPLE_DIRECTORY_DOOR_PORT: String(ports.door),
      SAMPLE_DIRECTORY_PASSWORD: password,
      SAMPLE_DIRECTORY_TOKEN: token,
      SAMPLE_DIRECTORY_FOLDER: folder,
    },
    ...rest,
  });

/** The door of its fire drill. */
export const drillUrl = (doorPort: number): string => `http://127.0.0.1:${doorPort}/drill`;

export const directoryAnswers = (doorPort: number, token: string, signal?: AbortSignal): Promise<boolean> =>
  fetch(drillUrl(doorPort), { headers: { authorization: `Bearer ${token}` }, signal }).then(
    (answer) => answer.ok,
    () => false,
  );

/** What an admin enters to connect with it, line by line. */
export const directoryWords = ({
  ports,
  password,
  folder,
  webUrl,
}: Pick<Wish, "ports" | "password" | "folder"> & { webUrl: string }): string =>
  `Sample directory: 127.0.0.1, port ${ports.startTls} (StartTLS) or ${ports.ldaps} (LDAPS), base ${sampleSuffix}\n` +
  `  User ID ${sampleReader}, password ${password}\n` +
  `  Its CA certificate: ${authorityFile(folder)}\n` +
  `  Its fire drill: ${webUrl}/a/acme/enrollment/directory-sync/fire-drill\n`;
