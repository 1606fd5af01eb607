import type { DirectoryTree, Entry } from "#bin/local/ldap/directory-tree.ts";
import { valuesOf } from "#bin/local/ldap/directory-tree.ts";
import { sampleDirectory, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { findDirectory } from "#lib/directory/find-directory.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { runDueSyncs } from "#lib/directory/run-due-syncs.ts";
import { saveStep } from "#lib/directory/save-step.ts";
import { connectDirectory, connectionTo } from "#tests/support/ldap/connection-to.ts";
import { readerPassword, startDirectory } from "#tests/support/ldap/start-directory.ts";
import { changeDirectory, newcomers, takeOut } from "./sync-changes.ts";
import type { Counts, Scene, Stage, Tables, Trial } from "./trial.ts";
import { untilEnded } from "./watch.ts";

/** So small that there are many of them to break off between. */
const mostInPage = 50;

/** A sync of a directory with everybody in it new, or one after which a few things have changed there. */
export const syncTrial = (rows: number, kind: "first" | "changes"): Trial => ({
  name: kind === "first" ? `first sync of ${rows}` : `sync of ${rows} with 200 changes`,
  rows,
  anew: ["reading", "planning", "applying"],
  spreadMs: 30,
  // A second sync says otherwise why somebody was left as they are.
  sameOfTwo: ["people", "groups", "memberships", "snapshot"],
  prepare: async (scene) => {
    const tree = sampleDirectory({ people: rows + newcomers, password: readerPassword });
    const later = takeOut(tree, rows);
    const directory = await startDirectory({ tree, mostInPage });
    await connect(scene, directory.port);
    const request = () => requestRun(scene);
    if (kind === "changes") {
      const worker = scene.startWorker();
      await untilEnded(scene.roles.sql, await request());
      await worker.stop();
      changeDirectory(tree, later);
    }
    return {
      request,
      requestSecond: () => requestScheduled(scene),
      count: (stage) => count(stage, tree),
      close: directory.stop,
    };
  },
  tables,
});

/** Every list is chosen, so that memberships come in all ways. */
async function connect({ roles, account, actor }: Scene, port: number): Promise<void> {
  await roles.sql`insert into account_domains (account_id, domain, verified_at) values (${account.id}, 'acme.test', now())`;
  await roles.as("app", async () => {
    await connectDirectory(actor, connectionTo(port));
    const { version } = await findDirectory(actor);
    const chosen = listNames.map((name) => ({ ...idAndDn(name), name }));
    const values = { lists: { take: true, chosen } };
    const lists = await saveStep(actor, { step: "distribution-lists", values, seen: version });
    if (!lists.ok) throw new Error(lists.reason);
  });
}

const listNames = ["all-staff", "all-berlin", "dept-sales", "first-aid", "circle-a", "circle-b"];
const sample = sampleDirectory({ people: 0, password: readerPassword });
function idAndDn(name: string): { id: string; dn: string } {
  const entry = sample.find(`cn=${name},ou=Lists,${sampleSuffix}`);
  if (!entry) throw new Error(`there is no list ${name}`);
  return { id: idOf(entry), dn: entry.dn };
}
const idOf = (entry: Entry): string => String(valuesOf(entry, "entryUUID")[0]);

function requestRun({ roles, actor }: Scene): Promise<string> {
  return roles.as("app", async () => {
    const asked = await requestSync(actor, { mode: "apply", holdHours: 0 });
    if (!asked.ok) throw new Error(asked.reason);
    return asked.runId;
  });
}

/** By schedule: another manual one would be refused. */
async function requestScheduled({ roles, account }: Scene): Promise<string> {
  await roles.sql`update directories set next_scheduled_at = now() where account_id = ${account.id}`;
  await roles.as("worker", () => runDueSyncs({ holdHours: 0 }));
  const [run] = await roles.sql`
    select id from runs where account_id = ${account.id} and trigger = 'scheduled' order by id desc limit 1`;
  if (!run) throw new Error("no sync was due");
  return run.id;
}

/** Whoever is in the directory and not disabled must be here, once, and not suspended; whoever is not, must not be. */
async function count({ sql, accountId }: Stage, tree: DirectoryTree): Promise<Counts> {
  const here = [...tree.entries.values()]
    .filter((entry) => entry.attributes.has("givenname") && !entry.attributes.has("nsaccountlock"))
    .map(idOf);
  const [found] = await sql<(Counts & { left: number })[]>`
    with people as (select * from users where account_id = ${accountId} and external_id is not null),
      here as (select unnest(${here}::text[]) as id)
    select (select count(*)::int from here where not exists (select from people p where p.external_id = here.id)) as lost,
      (select (count(*) - count(distinct external_id) + count(email_norm) - count(distinct email_norm))::int from people) as duplicated,
      (select count(*)::int from people p join here on here.id = p.external_id where p.status = 'suspended') as suspended,
      (select count(*)::int from people p where p.status <> 'suspended'
        and not exists (select from here where here.id = p.external_id)) as left`;
  if (!found) throw new Error("nothing to judge");
  return { lost: found.lost + found.left, duplicated: found.duplicated, suspended: found.suspended };
}

async function tables({ sql, accountId }: Stage, runId: string): Promise<Tables> {
  const [row] = await sql<Tables[]>`
    select
      (select md5(string_agg(concat_ws('|', external_id, email_norm, first_name, last_name, title, department, organizational_unit,
        status, version, source, managed), E'\n' order by external_id, email_norm)) from users where account_id = ${accountId}) as people,
      (select md5(string_agg(concat_ws('|', external_id, name, kind, source, parent_external_id), E'\n' order by external_id, name))
        from groups where account_id = ${accountId}) as groups,
      (select count(*) || ' ' || md5(string_agg(concat_ws('|', g.external_id, u.external_id), E'\n' order by g.external_id, u.external_id))
        from group_members m join groups g on g.account_id = m.account_id and g.id = m.group_id
        join users u on u.account_id = m.account_id and u.id = m.user_id where m.account_id = ${accountId}) as memberships,
      (select md5(string_agg(concat_ws('|', external_id, dn_key, email, row_hash, verdict, marks, still_in), E'\n'
        order by external_id)) from directory_entries where account_id = ${accountId}) as snapshot,
      (select md5(string_agg(concat_ws('|', external_id, reason), E'\n' order by external_id))
        from directory_entries where account_id = ${accountId}) as reasons,
      (select md5(string_agg(concat_ws('|', position, email, asked, outcome, reason), E'\n' order by position))
        from run_entries where run_id = ${runId}) as report,
      (select md5(string_agg(concat_ws('|', position, action, email, title, organizational_unit, before - 'id'), E'\n' order by position))
        from run_changes where run_id = ${runId}) as changes,
      (select concat_ws(' ', state, removals, rows_read, created, updated, deleted, unchanged, skipped, failed, waiting)
        from runs where id = ${runId}) as run,
      (select string_agg(concat_ws('-', details->>'from', details->>'to', details->>'changes'), ' ' order by id)
        from audit_events where run_id = ${runId} and action = 'run.range_applied') as ranges`;
  return row ?? {};
}
