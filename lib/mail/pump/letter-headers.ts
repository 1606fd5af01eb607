import { mintLinkToken } from "#lib/secrets/link-token.ts";
import type { Letter } from "./letter.ts";
import type { Stationery } from "./render-letter.ts";

/** A reminder can be declined from the mail program (RFC 2369, in one click RFC 8058); nothing else comes unasked again. */
export function letterHeaders(
  { kind, subject_id: invitationId }: Pick<Letter, "kind" | "subject_id">,
  { baseUrl, tokenKey }: Stationery,
): Record<string, string> | undefined {
  if (kind !== "reminder") return undefined;
  const token = mintLinkToken(tokenKey, "unsubscribe", invitationId);
  return {
    "List-Unsubscribe": `<${baseUrl.replace(/\/+$/, "")}/unsubscribe/${token}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}
