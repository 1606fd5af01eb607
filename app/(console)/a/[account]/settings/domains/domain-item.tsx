import { ActionForm } from "#app/_components/action-form.tsx";
import { Badge } from "#app/_components/badge.tsx";
import { Moment } from "#app/_components/moment.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { Domain } from "#lib/accounts/list-domains.ts";
import { verify } from "./domain-actions.ts";

type Props = { domain: Domain; here: string };

export function DomainItem({ domain, here }: Props) {
  return (
    <li className="space-y-3 px-5 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="break-all font-semibold">{domain.domain}</h2>
        {domain.verifiedAt ? (
          <>
            <Badge tone="good">Verified</Badge>
            <span className="text-base-content/75 text-sm">
              {domain.verifiedHow === "dns" ? "by DNS" : "by the operator"}, <Moment at={domain.verifiedAt} />
            </span>
          </>
        ) : (
          <Badge tone="warn">Not verified</Badge>
        )}
        <a className="link ml-auto text-sm" href={`${here}/remove?domain=${domain.domain}`}>
          Remove<span className="sr-only"> {domain.domain}</span>
        </a>
      </div>
      {!domain.verifiedAt && <Proof domain={domain} />}
    </li>
  );
}

function Proof({ domain: { domain, record } }: { domain: Domain }) {
  return (
    <ActionForm action={verify} className="space-y-3">
      <input type="hidden" name="domain" value={domain} />
      <p className="max-w-prose text-sm">
        Publish this TXT record where the domain's DNS is kept, then verify.
      </p>
      <Copied label={`Name of the record for ${domain}`} shown="Name" value={record.name} />
      <Copied label={`Value of the record for ${domain}`} shown="Value" value={record.value} />
      <SubmitButton className="btn btn-primary btn-sm">
        Verify<span className="sr-only"> {domain}</span>
      </SubmitButton>
    </ActionForm>
  );
}

function Copied({ label, shown, value }: { label: string; shown: string; value: string }) {
  return (
    <label className="grid items-center gap-x-4 sm:grid-cols-[4rem_minmax(0,1fr)]">
      <span className="text-base-content/75 text-sm">{shown}</span>
      <input readOnly value={value} aria-label={label} className="input input-sm w-full font-mono" />
    </label>
  );
}
