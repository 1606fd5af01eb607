import { Figures } from "#app/_components/figures.tsx";
import { number } from "#app/_components/number.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { funnelReach, type InvitationFunnel } from "#lib/invitations/read-invitation-funnel.ts";

type Props = { funnel: InvitationFunnel; list: string; filter: Record<string, string> };

/** From invited to joined, and those to chase with the way to them. */
export function FunnelFigures({ funnel: { total, capped }, list, filter }: Props) {
  const href = withQuery(list, filter);
  return (
    <>
      <Figures
        label="From invited to joined"
        wide={5}
        figures={[
          { label: "Invited", value: total.invited, href },
          { label: "Delivered", value: total.delivered },
          { label: "Opened", value: total.opened },
          { label: "Joined", value: total.joined, href: withQuery(list, { ...filter, state: "accepted" }) },
          {
            label: "To chase",
            value: total.chase,
            tone: "warn",
            href: withQuery(list, { ...filter, chase: "yes" }),
          },
        ]}
      />
      {capped && (
        <p className="text-base-content/75 text-sm">Of the newest {number(funnelReach)} invitations.</p>
      )}
    </>
  );
}
