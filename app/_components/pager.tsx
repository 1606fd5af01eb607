type Props = {
  first?: string | null;
  previous: string | null;
  next: string | null;
  last?: string | null;
  label: string;
};

/** Keyset pages: a step each way and the two ends; what leads nowhere is not a link. */
export function Pager({ first, previous, next, last, label }: Props) {
  if (!previous && !next) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap justify-end gap-2">
      {first !== undefined && <Step href={previous && first}>First page</Step>}
      <Step href={previous}>Previous page</Step>
      <Step href={next}>Next page</Step>
      {last !== undefined && <Step href={next && last}>Last page</Step>}
    </nav>
  );
}

function Step({ href, children }: { href: string | null; children: string }) {
  if (!href) return <span className="btn btn-sm btn-disabled">{children}</span>;
  return (
    <a href={href} className="btn btn-quiet btn-sm">
      {children}
    </a>
  );
}
