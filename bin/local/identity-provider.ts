// A sample identity provider for local mode and the tests: whoever is at the machine signs in as whom they choose.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { interactionPolicy, Provider } from "oidc-provider";
import { sampleClientId, sampleIdentities } from "./sample-identities.ts";

const port = Number(process.env.SAMPLE_PROVIDER_PORT);
const secret = process.env.SAMPLE_PROVIDER_SECRET ?? "";
const rollcall = process.env.ROLLCALL_BASE_URL ?? "";
const issuer = `http://127.0.0.1:${port}`;

// Whom to be is asked every time: nobody would find out how to become somebody else.
const policy = interactionPolicy.base();
const everyTime = ({ oidc }: { oidc: { result?: { login?: unknown } } }) => !oidc.result?.login;
policy.get("login").checks.add(new interactionPolicy.Check("every_time", "choose a person", everyTime));

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: sampleClientId,
      client_secret: secret,
      redirect_uris: [`${rollcall}/api/auth/callback/any`],
      grant_types: ["authorization_code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
  scopes: ["openid", "email", "profile", "groups"],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, revocation: { enabled: false } },
  cookies: { keys: [secret] },
  interactions: { policy, url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
  findAccount: (_: unknown, sub: string) => accountOf(sub),
  ttl: {
    Session: 3600,
    Interaction: 3600,
    Grant: 3600,
    AccessToken: 300,
    IdToken: 300,
    AuthorizationCode: 60,
  },
});
// Each connection has a redirect URI of its own, and they are made in the browser.
provider.Client.prototype.redirectUriAllowed = (uri) => uri.startsWith(`${rollcall}/api/auth/callback/`);

function accountOf(sub: string) {
  const found = sampleIdentities.find((each) => each.sub === sub);
  if (!found) return undefined;
  const { name, email, confirmed, groups } = found;
  return { accountId: sub, claims: () => ({ sub, name, email, email_verified: confirmed, groups }) };
}

const standard = provider.callback();

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!request.url?.startsWith("/interaction/")) return standard(request, response);
  const { params } = await provider.interactionDetails(request, response);
  if (request.method !== "POST") return page(response);
  const accountId = new URLSearchParams(await text(request)).get("as") ?? "";
  if (!accountOf(accountId)) return page(response);
  const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, {
    login: { accountId, remember: false },
    consent: { grantId },
  });
}

function page(response: ServerResponse): void {
  const buttons = sampleIdentities.map(
    ({ sub, name, email, about }) =>
      `<p><button name="as" value="${sub}">${name}</button> ${email}, ${about}</p>`,
  );
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sample identity provider</title><style>body{font:1rem/1.5 system-ui;max-width:36rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.3rem .8rem}</style>
<h1>Sample identity provider</h1><p>On this machine only, without passwords. Sign in as:</p>
<form method="post">${buttons.join("")}</form></html>`;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response
      .writeHead(400, { "content-type": "text/plain" })
      .end("This sign-in is over. Go back and begin again.");
  });
});
server.listen(port, "127.0.0.1", () => console.log(`the sample identity provider is ${issuer}`));
