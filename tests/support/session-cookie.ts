import { encode } from "next-auth/jwt";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import type { Visitor } from "#lib/sign-in/visitor.ts";
import type { TestAccount } from "./make-account.ts";

/** The Cookie header of a signed-in owner, who did not go through the page for it. The database must be open. */
export async function sessionCookie(
  account: TestAccount,
  environment: NodeJS.ProcessEnv,
  visitor?: Visitor,
): Promise<string> {
  const link = await account.signInPath();
  const token = link.split("/").at(-1) ?? "";
  const session = await redeemSignInToken(environment.ROLLCALL_TOKEN_KEY ?? "", token, visitor);
  if (!session.ok) throw new Error("the sign-in link was refused");
  const secret = environment.NEXTAUTH_SECRET ?? "";
  return `next-auth.session-token=${await encode({ token: { sids: [session.sessionId] }, secret })}`;
}
