import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { isIPv4 } from "node:net";
import { element, integer, octets, sequence, setOf } from "./ber.ts";

export type Pair = { publicKey: KeyObject; privateKey: KeyObject };

type Wish = {
  /** Common names. */
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  signedBy: KeyObject;
  /** Host names and IPv4 addresses that it is of; none: it is an authority's own. */
  hosts: string[];
  days: number;
};

export const newPair = (): Pair => generateKeyPairSync("ec", { namedCurve: "prime256v1" });

/** An X.509 certificate (RFC 5280 4.1), signed with ECDSA and SHA-256, as PEM. */
export function certificate({ subject, issuer, publicKey, signedBy, hosts, days }: Wish): string {
  const now = Date.now();
  const serial = randomBytes(8);
  // Positive, and not led by a zero byte.
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40;
  const told = sequence(
    element(0xa0, integer(2)),
    element(0x02, serial),
    ecdsaWithSha256,
    name(issuer),
    sequence(time(now - 3_600_000), time(now + days * 86_400_000)),
    name(subject),
    publicKey.export({ type: "spki", format: "der" }),
    element(
      0xa3,
      sequence(...(hosts.length > 0 ? ofServer(hosts) : ofAuthority), ...keyIds(publicKey, signedBy)),
    ),
  );
  const signature = element(0x03, Buffer.from([0]), sign("sha256", told, signedBy));
  const lines =
    sequence(told, ecdsaWithSha256, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const oid = (hex: string): Buffer => element(0x06, Buffer.from(hex, "hex"));
const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
const name = (common: string): Buffer =>
  sequence(setOf(sequence(oid("550403"), element(0x0c, Buffer.from(common)))));

/** UTCTime until 2049, then GeneralizedTime, as the RFC wants it. */
function time(milliseconds: number): Buffer {
  const text = `${new Date(milliseconds).toISOString().replace(/[-:T]|\..*/g, "")}Z`;
  return text < "2050" ? element(0x17, Buffer.from(text.slice(2))) : element(0x18, Buffer.from(text));
}

const yes = element(0x01, Buffer.from([0xff]));
const critical = (id: string, value: Buffer): Buffer => sequence(oid(id), yes, octets(value));
const bits = (unused: number, byte: number): Buffer => element(0x03, Buffer.from([unused, byte]));

/** Basic constraints and key usage: signs certificates. */
const ofAuthority = [critical("551d13", sequence(yes)), critical("551d0f", bits(2, 0x04))];

const ofServer = (hosts: string[]): Buffer[] => [
  critical("551d13", sequence()),
  critical("551d0f", bits(7, 0x80)),
  sequence(oid("551d25"), octets(sequence(oid("2b06010505070301")))),
  sequence(oid("551d11"), octets(sequence(...hosts.map(host)))),
];

/** Whose key it is and by whose it is signed; strict programs want both. */
const keyIds = (own: KeyObject, signer: KeyObject): Buffer[] => [
  sequence(oid("551d0e"), octets(octets(keyId(own)))),
  sequence(oid("551d23"), octets(sequence(octets(keyId(createPublicKey(signer)), 0x80)))),
];

const keyId = (key: KeyObject): Buffer =>
  createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest()
    .subarray(0, 20);

const host = (text: string): Buffer =>
  isIPv4(text)
    ? element(0x87, Buffer.from(text.split(".").map(Number)))
    : element(0x82, Buffer.from(text, "ascii"));
