import { redirect } from "next/navigation";
import { currentSession } from "#app/_web/current-actor.ts";

export default async function RootPage() {
  const session = await currentSession();
  redirect(session ? `/a/${session.accountSlug}` : "/sign-in");
}
