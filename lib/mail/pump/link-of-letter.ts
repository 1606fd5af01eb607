import { mintLinkToken } from "#lib/secrets/link-token.ts";
import type { Letter } from "./letter.ts";

/** `baseUrl`: the configured one, the only source of links. `tokenKey`: base64, for the links' HMAC. */
export type Stationery = { baseUrl: string; tokenKey: string };

type Linked = Pick<Letter, "kind" | "subject_id" | "generation" | "account_slug">;

/** The one link of a mail. Pure. */
export function linkOfLetter(letter: Linked, { baseUrl, tokenKey }: Stationery): string {
  const base = baseUrl.replace(/\/+$/, "");
  const { kind, subject_id: subject, generation, account_slug: slug } = letter;
  switch (kind) {
    case "invitation":
    case "reminder":
      return `${base}/join/${mintLinkToken(tokenKey, "join", subject, `mail:${generation}`)}`;
    case "sign_in_link":
      return `${base}/sign-in/${mintLinkToken(tokenKey, "sign-in", subject)}`;
    case "address_proof":
      return `${base}/verify/${mintLinkToken(tokenKey, "verify", subject)}`;
    case "run_ended":
    case "removals_waiting":
    case "sync_failed":
      return `${base}/a/${slug}/runs/${subject}`;
    case "sync_overdue":
      return `${base}/a/${slug}/enrollment/directory-sync`;
    case "mail_stopped":
      return `${base}/a/${slug}`;
    default:
      return `${base}/sign-in`;
  }
}
