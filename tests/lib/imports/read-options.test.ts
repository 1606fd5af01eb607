import { describe, expect, it } from "vitest";
import { readOptions } from "#lib/imports/read-options.ts";

describe("readOptions", () => {
  it.each([
    ["nothing", {}, { createUnknown: false, clearWord: null, alert: true }],
    [
      "no box ticked",
      { usualClearWord: "-", clearWord: "-" },
      { createUnknown: false, clearWord: "-", alert: false },
    ],
    [
      "both boxes",
      { usualClearWord: "-", createUnknown: "on", alert: "on" },
      { createUnknown: true, clearWord: null, alert: true },
    ],
    [
      "a word with blanks around it",
      { clearWord: "  (empty) " },
      { createUnknown: false, clearWord: "(empty)", alert: true },
    ],
    [
      "20 characters that take two units each",
      { clearWord: "😀".repeat(20) },
      { clearWord: "😀".repeat(20) },
    ],
    ["a row of signs", { clearWord: "--" }, { clearWord: "--" }],
  ])("takes %s", (_, fields, options) => {
    expect(readOptions(fields as Record<string, string>)).toMatchObject({ ok: true, options });
  });

  it.each([
    ["nothing but blanks", "   ", /1 to 20/],
    ["21 characters", "x".repeat(21), /20 characters at most/],
    ["NUL", "a\0b", /cannot be seen/],
    ["a line break", "a\nb", /cannot be seen/],
    ["a direction override", "a\u202eb", /cannot be seen/],
    ["nothing but a zero width space", "\u200b", /cannot be seen/],
    ["a formula", "=cmd|'/c x'!A0", /formula/],
    ["a full-width formula", "\uff1dSUM(A1)", /formula/],
  ])("refuses a clear word of %s", (_, clearWord, says) => {
    expect(readOptions({ clearWord })).toMatchObject({
      ok: false,
      field: "clearWord",
      sentence: expect.stringMatching(says),
    });
  });
});
