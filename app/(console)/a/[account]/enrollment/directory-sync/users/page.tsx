import type { Metadata } from "next";
import { Alert } from "#app/_components/alert.tsx";
import { number } from "#app/_components/number.ts";
import { currentActor } from "#app/_web/current-actor.ts";
import { network } from "#app/_web/network.ts";
import { countMatching } from "#lib/directory/count-matching.ts";
import { defaultAttributes } from "#lib/directory/default-attributes.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { findRuleImpact } from "#lib/directory/find-rule-impact.ts";
import { StepPage } from "../step-page.tsx";
import { UsersForm } from "./users-form.tsx";

export const metadata: Metadata = { title: "Users of the directory" };

export default async function SyncedUsersPage({ params }: { params: Promise<{ account: string }> }) {
  const actor = await currentActor((await params).account, "directory.change");
  const directory = await findDirectory(actor);
  const { users, connection } = directory.settings;
  const [count, impact] = await Promise.all([
    connection ? countMatching(actor, network(), users.inclusion) : null,
    findRuleImpact(actor, users.exclusions),
  ]);
  return (
    <StepPage
      actor={actor}
      directory={directory}
      title="Users"
      lead="Which people of the directory come, and what of them is kept true here."
    >
      {count?.ok && (
        <p>
          <strong className="font-semibold">
            {count.found.all ? "" : "At least "}
            {number(count.found.people)}
          </strong>{" "}
          people match the inclusion rule now.
        </p>
      )}
      {count && !count.ok && <Alert tone="error">The directory cannot be asked now. {count.sentence}</Alert>}
      <UsersForm
        seen={directory.version}
        users={users}
        defaults={defaultAttributes(directory.server?.kind ?? "other")}
        impact={impact}
      />
    </StepPage>
  );
}
