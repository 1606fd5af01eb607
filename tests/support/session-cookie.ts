import { encode } from "next-auth/jwt";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import type { TestAccount } from "./make-account.ts";

/** The Cookie header of a signed-in owner, for requests without a browser. The database must be open. */
export async function sessionCookie(account: TestAccount, environment: NodeJS.ProcessEnv): Promise<string> {
  const link = await account.signInPath();
  const session = await redeemSignInToken(environment.ROLLCALL_TOKEN_KEY ?? "", link.split("/").at(-1) ?? "");
  if (!session.ok) throw new Error("the sign-in link was refused");
  const secret = environment.NEXTAUTH_SECRET ?? "";
  return `next-auth.session-token=${await encode({ token: { sids: [session.sessionId] }, secret })}`;
}
