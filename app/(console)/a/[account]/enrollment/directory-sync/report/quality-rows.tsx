import { EmptyState } from "#app/_components/empty-state.tsx";
import { Pager } from "#app/_components/pager.tsx";
import { Section } from "#app/_components/section.tsx";
import { Table } from "#app/_components/table.tsx";
import { withQuery } from "#app/_web/with-query.ts";
import type { QualityPage } from "#lib/directory/list-quality.ts";
import type { QualityKind } from "#lib/directory/quality-kinds.ts";
import { qualityWords } from "./quality-words.ts";

type Props = { kind: QualityKind; page: QualityPage; here: string; base: string };

/** Who is behind a count; each leads to the whole story of its entry. */
export function QualityRows({ kind, page: { rows, previous, next }, here, base }: Props) {
  const { label, advice } = qualityWords[kind];
  const why = `${base}/enrollment/directory-sync/why?who=`;
  return (
    <Section
      title={label}
      aside={
        rows.length > 0 && (
          <a className="btn btn-quiet btn-sm" href={`${here}/quality.csv?show=${kind}`}>
            Export
          </a>
        )
      }
    >
      <p>{advice}</p>
      {rows.length === 0 ? (
        <EmptyState title="Nobody.">There is nothing of this kind to mend.</EmptyState>
      ) : (
        <Table
          label={`Who: ${label}`}
          columns={[
            {
              label: kind === "shared_mail" ? "Address" : "Entry",
              is: "name",
              href: why,
              className: "whole-line",
            },
            { label: "Details", className: "whole-line" },
            { label: "Person", is: "link", href: `${base}/users/` },
          ]}
          rows={rows.map(({ name, detail, person }) => [
            [name, encodeURIComponent(name)],
            detail,
            person && [person.name, person.id],
          ])}
        />
      )}
      <Pager
        label={`Pages of ${label}`}
        first={withQuery(here, { show: kind })}
        previous={previous && withQuery(here, { show: kind, before: previous })}
        next={next && withQuery(here, { show: kind, after: next })}
        last={withQuery(here, { show: kind, last: "yes" })}
      />
    </Section>
  );
}
