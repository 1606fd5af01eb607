import type { Metadata } from "next";
import { Page } from "#app/_components/page.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { findUser } from "#lib/users/find-user.ts";
import { userCrumbs } from "../user-crumbs.ts";
import { EditForm } from "./edit-form.tsx";

export const metadata: Metadata = { title: "Edit a user" };

export default async function EditUserPage({ params }: { params: Promise<{ account: string; id: string }> }) {
  const { account, id } = await params;
  const actor = await currentActor(account, "users.edit");
  const user = await findUser(actor, id);
  if (!user || user.status === "deleted") noSuchPage();
  const here = `/a/${actor.accountSlug}/users/${id}`;
  return (
    <Page
      title={`Edit ${user.name}`}
      crumbs={[...userCrumbs(actor), { href: here, label: user.name }]}
      lead="A box left empty empties its field."
    >
      <EditForm user={user} here={here} />
    </Page>
  );
}
