/** The step of a connection, or of a reading, at which it went wrong. */
export type Step = "connect" | "tls" | "start_tls" | "bind" | "search";

/**
 * What went wrong, out of a closed list that pages put into words. `unreachable` is the same for a name that does not
 * exist, a closed network, a refused connection and silence.
 */
export type Reason =
  | "unreachable"
  | "untrusted_certificate"
  | "tls_refused"
  | "not_ldap"
  | "wrong_credentials"
  | "strong_authentication_required"
  | "no_such_base"
  | "not_permitted"
  | "size_limit"
  | "time_limit"
  | "admin_limit"
  | "busy"
  | "timed_out"
  | "line_dropped"
  | "entry_too_large"
  | "too_many_empty_pages"
  | "repeated_pages"
  | "not_signed_in"
  | "bad_filter"
  | "control_refused"
  | "refused";

/** `code`: the server's result code (RFC 4511 appendix A), where it gave one; its own words are in the message, for the log. */
export class DirectoryFailure extends Error {
  readonly step: Step;
  readonly reason: Reason;
  readonly code: number | null;

  constructor(step: Step, reason: Reason, told: { code?: number; message?: string; cause?: unknown } = {}) {
    super(`${step}: ${reason}${told.message ? `: ${told.message}` : ""}`, { cause: told.cause });
    this.step = step;
    this.reason = reason;
    this.code = told.code ?? null;
  }
}

const reasons: Record<number, Reason> = {
  1: "not_signed_in",
  3: "time_limit",
  4: "size_limit",
  8: "strong_authentication_required",
  11: "admin_limit",
  12: "control_refused",
  13: "strong_authentication_required",
  32: "no_such_base",
  34: "no_such_base",
  49: "wrong_credentials",
  50: "not_permitted",
  51: "busy",
  52: "busy",
};

/** Of the code of a result that is not success. */
export const reasonOf = (code: number): Reason => reasons[code] ?? "refused";
