import type { Outcome } from "./transport.ts";

type SmtpError = {
  code?: string;
  command?: string;
  responseCode?: number;
  syscall?: string;
  message: string;
};

const beforeAnyMail = ["EAUTH", "EDNS", "ETLS", "ENOAUTH", "EOAUTH2"];
const mailCommands = ["RCPT TO", "DATA"];
const minute = 60_000;

/**
 * A reply code tells (RFC 5321 4.2.1: 4yz again later, 5yz never); without one the mail is surely unsent only when
 * the connection never came about.
 */
export function judgeSmtpError(thrown: unknown): Outcome {
  const error = thrown as SmtpError;
  const reason = `${error.responseCode ?? error.code ?? "error"}: ${error.message}`;
  const command = error.command ?? "";
  if (error.responseCode !== undefined) {
    const isAboutThisMail = mailCommands.includes(command);
    if (error.responseCode >= 500 && isAboutThisMail) return { kind: "refused", reason };
    return { kind: "not_taken", reason, waitMs: isAboutThisMail ? undefined : minute };
  }
  const neverConnected =
    beforeAnyMail.includes(error.code ?? "") ||
    error.syscall === "connect" ||
    (command === "API" && error.code === "ECONNECTION") ||
    /^(Connection timeout|Greeting never received)/.test(error.message);
  if (neverConnected) return { kind: "not_taken", reason, waitMs: 10_000 };
  if (error.code === "EENVELOPE") return { kind: "refused", reason };
  return { kind: "unknown", reason };
}
