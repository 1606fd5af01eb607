import { createSocket } from "node:dgram";
import type { LookupAddress } from "node:dns";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { isIPv4 } from "node:net";

const types = { 1: 4, 28: 6 } as const;

/**
 * A name server on loopback (RFC 1035) that answers for every name as `script` says at that moment, with a lifetime of 0.
 * `resolve` asks it as a process asks its name server; `asked` are the questions that came, one a type.
 */
export async function startDnsServer(script: (host: string) => string[]) {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (question, from) => {
    const { host, end } = nameOf(question);
    const version = types[question.readUInt16BE(end) as keyof typeof types];
    asked.push(host);
    const addresses = script(host).filter((address) => (isIPv4(address) ? 4 : 6) === version);
    socket.send(answerTo(question.subarray(0, end + 4), addresses), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  const resolve = async (host: string): Promise<LookupAddress[]> => {
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = found.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
    if (addresses.length === 0) throw Object.assign(new Error(`no ${host}`), { code: "ENOTFOUND" });
    return addresses.map((address) => ({ address, family: isIPv4(address) ? 4 : 6 }));
  };
  return { resolve, asked, stop: () => socket.close() };
}

function nameOf(question: Buffer): { host: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { host: labels.join("."), end: at + 1 };
}

function answerTo(question: Buffer, addresses: string[]): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.fill(0, 8, 12);
  const records = addresses.map((address) => {
    const bytes = bytesOf(address);
    const record = Buffer.from([0xc0, 12, 0, bytes.length === 4 ? 1 : 28, 0, 1, 0, 0, 0, 0, 0, bytes.length]);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([head, ...records]);
}

function bytesOf(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  const [before = "", after = ""] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const [head, tail] = [before, after].map((part) => part.split(":").filter(Boolean)) as [string[], string[]];
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill("0"), ...tail];
  return Buffer.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}
