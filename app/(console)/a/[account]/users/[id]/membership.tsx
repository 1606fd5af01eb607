import { Moment } from "#app/_components/moment.tsx";
import { Section } from "#app/_components/section.tsx";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import type { HeldRole, UserView } from "#lib/users/user-view.ts";
import { unlink } from "./person-actions.ts";
import { PersonButton } from "./person-button.tsx";

type Props = {
  actor: UserActor;
  user: UserView;
  /** When somebody last signed in is activity: of managed people, and of oneself. */
  seesActivity: boolean;
};

/** Groups, roles and how the person signs in. */
export function Membership({ base, ...known }: Props & { base: string }) {
  const { actor, user } = known;
  return (
    <>
      <Section title="Groups">
        {user.groups.length > 0 ? (
          <ul className="list-disc pl-5">
            {user.groups.map((group) => (
              <li key={group.id} className="break-words">
                {group.name}
              </li>
            ))}
          </ul>
        ) : (
          <p>In no group.</p>
        )}
      </Section>
      <Section
        title="Roles"
        aside={
          isAllowed(actor, "roles.view") && (
            <a className="link text-sm" href={`${base}/settings/admins`}>
              Admins
            </a>
          )
        }
      >
        {user.roles.length > 0 ? (
          <ul className="list-disc pl-5">
            {user.roles.map((role) => (
              <li key={`${role.id}${role.how}${role.group}`} className="break-words">
                <span className="font-medium">{role.name}</span>, {howHeld(role)}
              </li>
            ))}
          </ul>
        ) : (
          <p>No role: this person sees their own page only.</p>
        )}
      </Section>
      {user.identities.length > 0 && <Identities {...known} />}
    </>
  );
}

function howHeld({ how, group }: HeldRole): string {
  if (how === "group") return `through the group ${group}`;
  return how === "sso" ? "given by the identity provider" : "given directly";
}

function Identities({ actor, user, seesActivity }: Props) {
  return (
    <Section title="Sign-in identity">
      <ul className="space-y-3">
        {user.identities.map((identity) => (
          <li key={identity.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="min-w-0 break-all">
              {identity.issuer} since <Moment at={identity.since} only="day" />
              {seesActivity && (
                <>
                  , last used <Moment at={identity.lastUsed} />
                </>
              )}
            </span>
            {isAllowed(actor, "sign_in.change") && (
              <PersonButton action={unlink} about={{ user: user.id, identity: identity.id }} small>
                Unlink
              </PersonButton>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
