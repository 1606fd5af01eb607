import type { Metadata } from "next";
import { Badge } from "#app/_components/badge.tsx";
import { Page } from "#app/_components/page.tsx";
import { Section } from "#app/_components/section.tsx";
import { EmailValidationBadge, UserStatusBadge } from "#app/_components/status-badges.tsx";
import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { idOf } from "#app/_web/query.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { listHistoryOfUser } from "#lib/runs/list-history-of-user.ts";
import { findActivity } from "#lib/users/find-activity.ts";
import { findUser } from "#lib/users/find-user.ts";
import { listInvitationsOf } from "#lib/users/list-invitations-of.ts";
import type { UserView } from "#lib/users/user-view.ts";
import { PersonFacts } from "../../person-facts.tsx";
import { Access } from "./access.tsx";
import { PersonActivity } from "./activity.tsx";
import { History } from "./history.tsx";
import { Invitations } from "./invitations.tsx";
import { Management } from "./management.tsx";
import { Membership } from "./membership.tsx";
import { SuppressedMail } from "./suppressed-mail.tsx";
import { userCrumbs } from "./user-crumbs.ts";

export const metadata: Metadata = { title: "User" };

type Query = Partial<Record<"after" | "before", string | string[]>>;
type Props = { params: Promise<{ account: string; id: string }>; searchParams: Promise<Query> };

export default async function UserPage({ params, searchParams }: Props) {
  const { account, id } = await params;
  const actor = await currentActor(account, "users.view");
  const user = await findUser(actor, id);
  if (!user) noSuchPage();
  const query = await searchParams;
  const cursor = { after: idOf(query.after), before: idOf(query.before) };
  const [invitations, history, activity] = await Promise.all([
    listInvitationsOf(actor, id),
    listHistoryOfUser(actor, { userId: id, ...cursor }),
    isAllowed(actor, "users.activity") ? findActivity(actor, id) : null,
  ]);
  const base = `/a/${actor.accountSlug}`;
  const here = `${base}/users/${id}`;
  const runs = isAllowed(actor, "imports.view") ? `${base}/runs` : null;
  return (
    <Page
      title={user.name}
      crumbs={userCrumbs(actor)}
      lead={<Badges user={user} />}
      actions={
        isAllowed(actor, "users.edit") &&
        user.status !== "deleted" && (
          <a className="btn btn-primary btn-sm" href={`${here}/edit`}>
            Edit
          </a>
        )
      }
    >
      <Section title="Fields">
        <PersonFacts user={user} />
      </Section>
      <SuppressedMail actor={actor} user={user} />
      <Membership actor={actor} user={user} base={base} seesActivity={activity !== null} />
      <Invitations actor={actor} user={user} invitations={invitations} runs={runs} />
      <Management actor={actor} user={user} />
      {activity && <PersonActivity actor={actor} user={user} activity={activity} />}
      <Access actor={actor} user={user} />
      <div id="history">
        <History history={history} here={here} runs={runs} />
      </div>
    </Page>
  );
}

function Badges({ user }: { user: UserView }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <UserStatusBadge status={user.status} />
      {user.isSuspended && user.status !== "suspended" && <UserStatusBadge status="suspended" />}
      {user.emailValidation && <EmailValidationBadge validation={user.emailValidation} />}
      <Badge tone={user.managed ? "good" : "quiet"}>{user.managed ? "Managed" : "Unmanaged"}</Badge>
      {user.mailsPaused && <Badge tone="warn">Mails paused</Badge>}
    </span>
  );
}
