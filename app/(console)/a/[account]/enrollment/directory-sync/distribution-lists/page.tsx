import type { Metadata } from "next";
import { Alert } from "#app/_components/alert.tsx";
import { Field } from "#app/_components/field.tsx";
import { Section } from "#app/_components/section.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { network } from "#app/_web/network.ts";
import { oneOf } from "#app/_web/query.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { findLists } from "#lib/directory/find-lists.ts";
import { StepPage } from "../step-page.tsx";
import { ListsForm } from "./lists-form.tsx";

export const metadata: Metadata = { title: "Distribution lists" };

type Props = {
  params: Promise<{ account: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ListsPage({ params, searchParams }: Props) {
  const actor = await currentActor((await params).account, "directory.change");
  const search = oneOf((await searchParams).search);
  const directory = await findDirectory(actor);
  const answer = search && directory.settings.connection ? await findLists(actor, network(), search) : null;
  const { lists } = directory.settings;
  const known = new Set(lists.chosen.map(({ id }) => id));
  return (
    <StepPage
      actor={actor}
      directory={directory}
      title="Distribution lists"
      lead="Lists that become groups here. Lists within lists are followed, and their members kept true by every sync."
    >
      <Section title="Find lists">
        <form method="get" className="flex max-w-xl flex-wrap items-end gap-3">
          <div className="min-w-64 grow">
            <Field
              name="search"
              label="Search"
              hint="Three characters at least of a list's name or address."
              defaultValue={search}
            />
          </div>
          <button type="submit" className="btn btn-quiet">
            Search
          </button>
        </form>
        {answer && !answer.ok && <Alert tone="error">{answer.sentence}</Alert>}
        {answer?.ok && answer.found.lists.length === 0 && (
          <p>No list has “{search}” in its name or address.</p>
        )}
        {answer?.ok && answer.found.more && <p>There are more than these 50. Type more of the name.</p>}
      </Section>
      <ListsForm
        seen={directory.version}
        take={lists.take}
        chosen={lists.chosen}
        found={answer?.ok ? answer.found.lists.filter(({ id }) => !known.has(id)) : []}
      />
    </StepPage>
  );
}
