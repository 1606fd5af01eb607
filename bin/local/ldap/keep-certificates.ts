import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { certificate, newPair } from "./certificate.ts";

/** PEM. `ca` is the authority that `cert` is signed by. */
export type Certificates = { ca: string; cert: string; key: string };

const hosts = ["localhost", "127.0.0.1"];
const days = 3650;
const stillDays = 30;

export const authorityFile = (folder: string): string => join(folder, "ca.pem");

/** Those in the folder, or new ones where there are none that last. The authority's own key is kept by nobody. */
export function keepCertificates(folder: string): Certificates {
  const kept = read(folder);
  if (kept) return kept;
  const [authority, server] = [newPair(), newPair()];
  const issuer = "Rollcall sample directory CA";
  const common = { issuer, signedBy: authority.privateKey, days };
  const made = {
    ca: certificate({ ...common, subject: issuer, publicKey: authority.publicKey, hosts: [] }),
    cert: certificate({
      ...common,
      subject: "Rollcall sample directory",
      publicKey: server.publicKey,
      hosts,
    }),
    key: server.privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(authorityFile(folder), made.ca);
  writeFileSync(join(folder, "server.pem"), made.cert);
  writeFileSync(join(folder, "server.key"), made.key, { mode: 0o600 });
  return made;
}

function read(folder: string): Certificates | null {
  try {
    const [ca, cert, key] = [
      authorityFile(folder),
      join(folder, "server.pem"),
      join(folder, "server.key"),
    ].map((file) => readFileSync(file, "utf8")) as [string, string, string];
    const [authority, server] = [new X509Certificate(ca), new X509Certificate(cert)];
    const lasts = new Date(server.validTo).getTime() > Date.now() + stillDays * 86_400_000;
    const fits = server.verify(authority.publicKey) && server.checkPrivateKey(createPrivateKey(key));
    return lasts && fits ? { ca, cert, key } : null;
  } catch {
    // Missing, or cut off in the middle of a write.
    return null;
  }
}
