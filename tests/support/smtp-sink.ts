import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

type Verdict = "accept" | "lose answer" | number;
type Received = { messageId: string; recipient: string; recipients: string[]; source: string };

/**
 * npm's smtp-server with a ledger by Message-ID. `judge` decides by recipient: a number is the reply code at RCPT TO, "lose
 * answer" accepts the mail and drops the line.
 */
export async function startSmtpSink(judge: (recipient: string) => Verdict = () => "accept") {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo({ address }, _session, done) {
      const verdict = judge(address);
      if (typeof verdict !== "number") return done();
      done(Object.assign(new Error("as scripted"), { responseCode: verdict }));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const source = Buffer.concat(parts).toString();
        const recipient = session.envelope.rcptTo[0]?.address ?? "";
        received.push({
          messageId: source.match(/^message-id: (.+)$/im)?.[1]?.trim() ?? "",
          recipient,
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          source,
        });
        if (judge(recipient) !== "lose answer") return done();
        for (const connection of server.connections as Set<{ _socket: { destroy(): void }; id: string }>) {
          if (connection.id === session.id) connection._socket.destroy();
        }
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.on("error", () => {}); // a dropped line, which is what some tests want
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    duplicates: () => received.length - new Set(received.map((mail) => mail.messageId)).size,
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
