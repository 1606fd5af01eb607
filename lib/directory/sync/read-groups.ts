import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { circlesOf } from "./circles-of.ts";
import { changedSince } from "./position.ts";
import { type List, ListReader, type Lists, listFilter, readLists } from "./read-lists.ts";
import type { Reading } from "./read-people.ts";

type Group = {
  id: string;
  kind: "organizational_unit" | "list";
  name: string;
  parentId: string | null;
};

/**
 * Stages units and chosen lists as groups, lists with the names of their members, and notes what they come to: where that
 * is as at the last run, the groups here are left alone. `people`: whether anybody has changed, who may be in a list that has not.
 */
export async function readGroups(reading: Reading, people: boolean): Promise<void> {
  const { run, units, directory } = reading;
  const groups: Group[] = [...(units?.values() ?? [])].map(({ id, path, parentId }) => ({
    id,
    kind: "organizational_unit",
    name: path,
    parentId,
  }));
  await stageGroups(run, groups);
  const unitsAre = createHash("md5").update(JSON.stringify(groups)).digest("hex");
  const { lists } = directory.settings;
  if (!lists.take || lists.chosen.length === 0) return note(run, { unitsAre, listsAre: "", listsRead: true });
  if (!people && !(await anyListChanged(reading))) return note(run, { unitsAre, listsRead: false });
  const sum = createHash("md5");
  const known = await readLists(reading);
  const reader = new ListReader(reading, known);
  for (const { id } of lists.chosen) {
    const list = known.byId.get(id);
    if (list) await stageList(run, list, { sum, reader });
  }
  const circles = named(circlesOf(reader.nesting), known);
  await note(run, { unitsAre, listsAre: sum.digest("hex"), listsRead: true, circles });
}

const named = (circles: string[][], { byKey }: Lists): string[][] =>
  circles.map((circle) => circle.map((key) => byKey.get(key)?.name ?? key).sort());

async function stageList(
  run: WorkedRun,
  list: List,
  { sum, reader }: { sum: { update(text: string): unknown }; reader: ListReader },
) {
  const { id, name } = list;
  await stageGroups(run, [{ id, kind: "list", name, parentId: null }]);
  const members = await reader.membersOf(list);
  sum.update(`${id}|${name}|${members.join("|")}`);
  await stageMembers(run, id, members);
}

/** Of a reading that only asks for what changed: whether any list may have other members than before. */
async function anyListChanged({ span, directory, connection, baseDn }: Reading): Promise<boolean> {
  if (span === "full" || !directory.position) return true;
  const filter = `(&${listFilter}${changedSince(directory.position, new Date())})`;
  const { entries } = await connection.some({ baseDn, filter, attributes: ["1.1"] }, 1);
  return entries.length > 0;
}

type Noted = { unitsAre: string; listsAre?: string; listsRead: boolean; circles?: string[][] };

/** Lists that were not read are as at the last run. */
const note = async (run: WorkedRun, noted: Noted): Promise<void> => {
  await withAccount(run, (tx) =>
    tx.execute(sql`
      update runs r set options = r.options || jsonb_build_object('listsAre', (
          select b.options->'listsAre' from runs b where b.account_id = r.account_id and b.target = r.target
            and b.state = 'completed' and b.id < r.id order by b.id desc limit 1)) || ${JSON.stringify(noted)}::jsonb
      where r.id = ${run.id}`),
  );
};

const stageGroups = (run: WorkedRun, groups: Group[]) =>
  withAccount(run, async (tx) => {
    if (groups.length === 0) return;
    const of = (cell: (group: Group) => string | null) => sql`${sql.param(groups.map(cell))}::text[]`;
    await tx.execute(sql`
      insert into run_groups (account_id, run_id, external_id, kind, name, parent_id)
      select ${run.accountId}::uuid, ${run.id}::uuid, g.* from unnest(${of(({ id }) => id)}, ${of(({ kind }) => kind)},
        ${of(({ name }) => name)}, ${of(({ parentId }) => parentId)}) as g (id, kind, name, parent) on conflict do nothing`);
  });

const atOnce = 20_000;

async function stageMembers(run: WorkedRun, groupId: string, members: string[]): Promise<void> {
  for (let at = 0; at < members.length; at += atOnce)
    await withAccount(run, (tx) =>
      tx.execute(sql`
        insert into run_group_members (account_id, run_id, group_id, member_id)
        select ${run.accountId}::uuid, ${run.id}::uuid, ${groupId}, m
        from unnest(${sql.param(members.slice(at, at + atOnce))}::text[]) m`),
    );
}
