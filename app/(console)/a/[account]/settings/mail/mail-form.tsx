import { ActionForm } from "#app/_components/action-form.tsx";
import { Field } from "#app/_components/field.tsx";
import { Section } from "#app/_components/section.tsx";
import { SelectField } from "#app/_components/select-field.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import { TextArea } from "#app/_components/text-area.tsx";
import type { FoundMailSettings } from "#lib/accounts/find-mail-settings.ts";
import { defaultText } from "#lib/mail/default-text.ts";
import { mailLanguageCodes, mailLanguages } from "#lib/mail/mail-language.ts";
import { ownTextField, ownTextKinds } from "#lib/mail/own-text-field.ts";
import { ColorField } from "./color-field.tsx";
import { saveMailSettings } from "./mail-actions.ts";

const languages = mailLanguageCodes.map((code) => ({ value: code, label: mailLanguages[code] }));
const zones = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])].map((zone) => ({
  value: zone,
  label: zone.replaceAll("_", " "),
}));
const english = { en: "English", de: "German", es: "Spanish", ja: "Japanese" } as const;
const kinds = { invitation: "Invitation", reminder: "Reminder" } as const;

/** "22:30" */
const clock = (minutes: number | null): string =>
  minutes === null
    ? ""
    : [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

type Props = {
  now: FoundMailSettings;
  accountName: string;
  /** null: without a bound. */
  mailsADay: number | null;
};

export function MailForm({ now, accountName, mailsADay }: Props) {
  return (
    <ActionForm action={saveMailSettings} className="space-y-10">
      <Section title="Look">
        <div className="max-w-xl space-y-5">
          <Field
            name="senderName"
            label="Sender name"
            hint={`Mails come from “${now.senderName ?? accountName} via Rollcall”. Left empty: the account's name.`}
            defaultValue={now.senderName ?? ""}
          />
          <Field
            name="replyTo"
            label="Reply-to address"
            hint="Where answers to a mail go, say your help desk."
            inputMode="email"
            autoCapitalize="none"
            defaultValue={now.replyTo ?? ""}
          />
          <ColorField value={now.logoColor ?? ""} />
          <SelectField
            name="defaultLanguage"
            label="Default language"
            hint="For people of whom no language is known."
            choices={languages}
            value={now.defaultLanguage}
          />
        </div>
      </Section>
      <Times now={now} mailsADay={mailsADay} />
      <Section title="Joining">
        <div className="max-w-xl">
          <Field
            name="startHereUrl"
            label="“Start here” link"
            hint="Shown to people on their welcome page; begins with https:// or http://."
            inputMode="url"
            autoCapitalize="none"
            defaultValue={now.startHereUrl ?? ""}
          />
        </div>
      </Section>
      <Texts now={now} />
      <SubmitButton>Save</SubmitButton>
    </ActionForm>
  );
}

function Times({ now, mailsADay }: Pick<Props, "now" | "mailsADay">) {
  return (
    <Section title="When mails go out">
      <div className="max-w-xl space-y-5">
        <Field
          name="reminderDays"
          label="Days until the reminder"
          hint="An invitation that nobody followed is mailed once more; 1 to 60. Left empty: never."
          inputMode="numeric"
          defaultValue={now.reminderDays ?? ""}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <Field
            name="quietFrom"
            label="Quiet hours from"
            hint="Invitations and reminders wait."
            type="time"
            defaultValue={clock(now.quietFrom)}
          />
          <Field
            name="quietTo"
            label="Quiet hours to"
            hint="Sign-in links never wait."
            type="time"
            defaultValue={clock(now.quietTo)}
          />
        </div>
        <SelectField
          name="timeZone"
          label="Time zone"
          hint="Of the quiet hours, and of the dates in mails."
          choices={zones}
          value={now.timeZone}
        />
        <p>
          {mailsADay === null
            ? "As many mails a day as there are: in local mode nothing leaves this machine."
            : `${mailsADay.toLocaleString("en")} mails a day at most, set by the operator. What is over it goes out the day after.`}
        </p>
      </div>
    </Section>
  );
}

function Texts({ now }: { now: FoundMailSettings }) {
  return (
    <Section title="What people are invited to">
      <p>Plain text, 2,000 characters at most, no links. Left empty: the words shown faintly.</p>
      {mailLanguageCodes.map((language) => (
        <div key={language} className="grid gap-5 lg:grid-cols-2">
          {ownTextKinds.map((kind) => (
            <TextArea
              key={kind}
              name={ownTextField(kind, language)}
              label={`${kinds[kind]} in ${english[language]}`}
              lang={language}
              dir="auto"
              rows={3}
              placeholder={defaultText(kind, language)}
              defaultValue={now[ownTextField(kind, language)] ?? ""}
            />
          ))}
        </div>
      ))}
    </Section>
  );
}
