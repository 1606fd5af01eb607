import { encode } from "next-auth/jwt";
import { mintSignInLink } from "#lib/sign-in/mint-sign-in-link.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import type { AppUnderTest } from "#tests/support/app-under-test.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

/** Signs a person in without a browser, the owner unless told: the Cookie header, and the session that it names. */
export async function cookieOf(
  app: AppUnderTest,
  account: TestAccount,
  userId = account.owner.id,
): Promise<{ cookie: string; sessionId: string }> {
  const key = app.environment.ROLLCALL_TOKEN_KEY ?? "";
  const link = await mintSignInLink(key, { accountId: account.id, userId });
  const session = await redeemSignInToken(key, link.split("/").at(-1) ?? "");
  if (!session.ok) throw new Error("the sign-in link was refused");
  const secret = app.environment.NEXTAUTH_SECRET ?? "";
  const token = await encode({ token: { sids: [session.sessionId] }, secret });
  return { cookie: `next-auth.session-token=${token}`, sessionId: session.sessionId };
}
