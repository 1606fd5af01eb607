import { Fact, Facts } from "#app/_components/facts.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { fieldLabel } from "#lib/imports/fields.ts";
import { isMailLanguage, mailLanguages } from "#lib/mail/mail-language.ts";
import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";
import type { UserView } from "#lib/users/user-view.ts";
import { sourceWord } from "./source-word.ts";

/** All fields of a person, filled or not. */
export function PersonFacts({ user }: { user: UserView }) {
  return (
    <Facts>
      <Fact name={fieldLabel("email")}>{user.email ?? <Empty />}</Fact>
      {profileFields.map((field) => (
        <Fact key={field} name={fieldLabel(field)}>
          {user.fields[field] === null ? <Empty /> : <bdi>{shown(field, user.fields[field])}</bdi>}
        </Fact>
      ))}
      {user.organizationalUnit && <Fact name="Organizational unit">{user.organizationalUnit}</Fact>}
      {user.externalId && <Fact name="External ID">{user.externalId}</Fact>}
      <Fact name="Source">{sourceWord(user.source)}</Fact>
      <Fact name="Since">
        <Moment at={user.createdAt} />
      </Fact>
    </Facts>
  );
}

const shown = (field: ProfileField, value: string): string =>
  field === "language" && isMailLanguage(value) ? mailLanguages[value] : value;

function Empty() {
  return <span className="text-base-content/60">—</span>;
}
