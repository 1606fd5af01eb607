import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { toChase } from "./matching-invitations.ts";
import { seesInvitations } from "./who-sees-invitations.ts";

export type FunnelBy = "run" | "source" | "department";

/** `key`: the run's id, the source or the department; null: none, and of the whole. `opened`: also by who joined. */
export type FunnelRow = {
  key: string | null;
  /** What the run read, or when it was asked for, for a run. */
  run: { name: string | null; requestedAt: Date; kind: string } | null;
  invited: number;
  delivered: number;
  opened: number;
  joined: number;
  chase: number;
};

export type InvitationFunnel = {
  rows: FunnelRow[];
  total: FunnelRow;
  /** There are more invitations than are looked at; the newest are. */
  capped: boolean;
};

/** Invitations that are looked at, at most: what of more came to pass would take seconds to count. */
export const funnelReach = 20_000;

const mostRows = 50;

/**
 * From invited to joined over the newest `funnelReach` invitations, of the account or of one run, and by run, source or
 * department. Delivered is what the provider told, or where it tells nothing, what it took.
 */
export async function readInvitationFunnel(
  actor: Actor,
  { by, run }: { by?: FunnelBy | undefined; run?: string | undefined },
): Promise<InvitationFunnel> {
  authorize(actor, seesInvitations);
  const { accountId } = actor;
  const key = by ? keys[by] : sql`null::text`;
  const rows = await withAccount(actor, async (tx) => {
    await tx.execute(sql`set local work_mem = '32MB'`);
    return tx.execute<Row>(sql`
    with newest as materialized (
      select i.*, 'invitation:' || i.id || ':' || i.generation as letter from invitations i
      where i.account_id = ${accountId} ${run ? sql`and i.run_id = ${run}::uuid` : sql``}
      order by i.account_id desc, i.id desc limit ${funnelReach + 1}),
    told as (
      select ${key} as key, i.state = 'accepted' as joined, i.opened_at is not null or i.state = 'accepted' as opened,
        i.state = 'accepted' or m.standing in ('delivered', 'complained', 'handed_over', 'in_local_mailbox') as delivered,
        ${toChase} as chase
      from newest i left join emails m on m.account_id = i.account_id and m.key = i.letter
      ${by === "department" ? sql`left join users u on u.account_id = i.account_id and u.id = i.user_id` : sql``}),
    grouped as (
      select key, grouping(key) = 1 as is_total, count(*)::int as invited, count(*) filter (where delivered)::int as delivered,
        count(*) filter (where opened)::int as opened, count(*) filter (where joined)::int as joined,
        count(*) filter (where chase)::int as chase
      from told group by grouping sets ((key), ()))
    select g.*, ${ofRun(by)} from grouped g order by is_total desc, invited desc, key limit ${mostRows + 1}`);
  });
  const [first, ...rest] = [...rows];
  const total = first ? toRow(first) : nothing;
  return { total, rows: by ? rest.map(toRow) : [], capped: total.invited > funnelReach };
}

const keys: Record<FunnelBy, SQL> = {
  run: sql`i.run_id::text`,
  source: sql`i.source`,
  department: sql`nullif(u.department, '')`,
};

const ofRun = (by: FunnelBy | undefined): SQL =>
  by === "run"
    ? sql`(select jsonb_build_object('name', f.file_name, 'requestedAt', r.requested_at, 'kind', r.kind)
        from runs r left join uploads f on f.account_id = r.account_id and f.id = r.upload_id
        where r.account_id = current_account() and r.id = g.key::uuid) as run`
    : sql`null::jsonb as run`;

type Row = Omit<FunnelRow, "run"> & {
  run: { name: string | null; requestedAt: string; kind: string } | null;
};

const nothing: FunnelRow = { key: null, run: null, invited: 0, delivered: 0, opened: 0, joined: 0, chase: 0 };

const toRow = ({ key, run, invited, delivered, opened, joined, chase }: Row): FunnelRow => ({
  key,
  run: run && { ...run, requestedAt: new Date(run.requestedAt) },
  invited,
  delivered,
  opened,
  joined,
  chase,
});
