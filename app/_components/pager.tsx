type Props = {
  first?: string | null;
  previous: string | null;
  next: string | null;
  last?: string | null;
  label: string;
};

/** Keyset pages: a step each way and the two ends, where there is a way. */
export function Pager({ first, previous, next, last, label }: Props) {
  if (!previous && !next) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap justify-between gap-2">
      <div className="flex gap-2">
        <Step href={previous && first}>First page</Step>
        <Step href={previous}>Previous page</Step>
      </div>
      <div className="flex gap-2">
        <Step href={next}>Next page</Step>
        <Step href={next && last}>Last page</Step>
      </div>
    </nav>
  );
}

function Step({ href, children }: { href: string | null | undefined; children: string }) {
  if (!href) return null;
  return (
    <a href={href} className="btn btn-quiet btn-sm">
      {children}
    </a>
  );
}
