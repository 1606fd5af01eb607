import { Section } from "#app/_components/section.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { readInvitationFunnel } from "#lib/invitations/read-invitation-funnel.ts";
import { seesInvitations } from "#lib/invitations/who-sees-invitations.ts";
import type { RunView } from "#lib/runs/run-view.ts";
import { FunnelFigures } from "../../invitations/funnel/funnel-figures.tsx";

type Props = { actor: UserActor; run: RunView };

/** What became of the invitations of a run, with the way to them and to those to chase. */
export async function RunFunnel({ actor, run }: Props) {
  if (run.mode === "check" || run.undoes || !isAllowed(actor, seesInvitations)) return null;
  const funnel = await readInvitationFunnel(actor, { run: run.id });
  if (funnel.total.invited === 0) return null;
  return (
    <Section title="Its invitations">
      <FunnelFigures funnel={funnel} list={`/a/${actor.accountSlug}/invitations`} filter={{ run: run.id }} />
    </Section>
  );
}
