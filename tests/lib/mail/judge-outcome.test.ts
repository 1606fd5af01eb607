import { describe, expect, test } from "vitest";
import { judgeBefore, judgeOutcome } from "#lib/mail/pump/judge-outcome.ts";
import { localTransport } from "#lib/mail/transport/local.ts";
import { resendTransport } from "#lib/mail/transport/resend.ts";
import { smtpTransport } from "#lib/mail/transport/smtp.ts";
import { sampleLetter as letter } from "./sample-letter.ts";

const resend = resendTransport({ apiKey: "re_x", from: "a@b.test" });
const smtp = smtpTransport({ url: "smtp://127.0.0.1:1", from: "a@b.test" });
const reason = "because";

describe("after an attempt", () => {
  test.each([
    ["accepted", { kind: "accepted", providerId: "p" } as const, false, "sent"],
    ["refused", { kind: "refused", reason } as const, false, "failed"],
    ["unknown", { kind: "unknown", reason } as const, false, "unknown"],
    ["not taken", { kind: "not_taken", reason } as const, false, "queued"],
    ["not taken, but perhaps taken before", { kind: "not_taken", reason } as const, true, "sending"],
    ["unanswered", { kind: "unanswered", reason } as const, false, "sending"],
  ])("%s", (_, outcome, retaken, state) => {
    expect(judgeOutcome(letter(), outcome, retaken, resend).state).toBe(state);
  });

  test("an unanswered mail of a transport without keys is unknown", () => {
    expect(judgeOutcome(letter(), { kind: "unanswered", reason }, false, smtp).state).toBe("unknown");
  });

  test("what the local mailbox takes is never called sent", () => {
    const outcome = { kind: "accepted", providerId: null } as const;
    expect(judgeOutcome(letter(), outcome, false, localTransport()).state).toBe("in_local_mailbox");
  });

  test.each([
    [1, 1000],
    [4, 3375],
    [50, 300_000],
  ])("attempt %i waits %i ms when nobody says how long", (attempts, waitMs) => {
    expect(judgeOutcome(letter({ attempts }), { kind: "not_taken", reason }, false, resend).waitMs).toBe(
      waitMs,
    );
  });

  test.each([
    [{ hours_old: 73, attempts: 8 }, "failed"],
    [{ hours_old: 73, attempts: 7 }, "queued"],
    [{ hours_old: 71, attempts: 99 }, "queued"],
  ])("gives up after three days and eight attempts: %j is %s", (changes, state) => {
    expect(judgeOutcome(letter(changes), { kind: "not_taken", reason }, false, resend).state).toBe(state);
  });
});

describe("before an attempt", () => {
  test.each([
    ["fresh", {}, false, resend, null],
    ["fresh but pointless", { withdrawn_because: "used" }, false, resend, "withdrawn"],
    ["paused", { held_back: "paused" }, false, resend, "queued"],
    ["claimed just before its account was suspended", { held_back: "suspended" }, false, resend, "queued"],
    ["repeated and paused: the body must stay", { held_back: "paused" }, true, resend, null],
    ["paused and pointless", { held_back: "paused", withdrawn_because: "used" }, false, resend, "withdrawn"],
    ["repeated and pointless: the body must stay", { withdrawn_because: "used" }, true, resend, null],
    ["repeated within the memory of keys", { hours_since_first_attempt: 22.9 }, true, resend, null],
    ["repeated after it", { hours_since_first_attempt: 23.1 }, true, resend, "unknown"],
    ["repeated, begun by another provider", { provider: "smtp" }, true, resend, "unknown"],
    ["repeated without keys", { provider: "smtp" }, true, smtp, "unknown"],
    ["repeated into the local mailbox", { provider: "local" }, true, localTransport(), null],
  ] as const)("%s", (_, changes, retaken, transport, state) => {
    expect(judgeBefore(letter(changes), retaken, transport)?.state ?? null).toBe(state);
  });
});
