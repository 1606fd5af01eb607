import { redirect } from "next/navigation";
import { signedIn } from "#app/_web/current-actor.ts";

export default async function RootPage() {
  const actor = await signedIn();
  redirect(actor ? `/a/${actor.accountSlug}` : "/sign-in");
}
