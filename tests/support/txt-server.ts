import { createSocket } from "node:dgram";
import { once } from "node:events";

/** TXT records of a name, or how the server misbehaves when it is asked. */
export type TxtAnswer = string[] | "silent" | "servfail" | "garbage";

const txt = 16;

/** A name server on loopback (RFC 1035) that answers questions for TXT as `script` says; undefined: no such name. */
export async function startTxtServer(script: (name: string) => TxtAnswer | undefined) {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (question, from) => {
    const { name, end } = nameOf(question);
    asked.push(name);
    const answer = script(name);
    if (answer === "silent" || question.readUInt16BE(end) !== txt) return;
    const bytes =
      answer === "garbage" ? Buffer.from("\x00\x01 no answer") : reply(question.subarray(0, end + 4), answer);
    socket.send(bytes, from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { address: `127.0.0.1:${socket.address().port}`, asked, stop: () => socket.close() };
}

function nameOf(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join("."), end: at + 1 };
}

function reply(question: Buffer, answer: string[] | "servfail" | undefined): Buffer {
  const texts = Array.isArray(answer) ? answer : [];
  const head = Buffer.from(question);
  head.writeUInt16BE(answer === "servfail" ? 0x8182 : answer ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(texts.length, 6);
  head.fill(0, 8, 12);
  return Buffer.concat([head, ...texts.map(record)]);
}

/** A text goes out in pieces of 60 bytes, as long ones must in pieces of 255. */
function record(text: string): Buffer {
  const pieces = (text.match(/.{1,60}/gs) ?? [""]).map((piece) => Buffer.from(piece, "latin1"));
  const data = Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), piece])));
  const head = Buffer.from([0xc0, 12, 0, txt, 0, 1, 0, 0, 0, 0, 0, 0]);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
