export type Share = {
  label: string;
  count: number;
  tone: "new" | "changed" | "same" | "skipped" | "waiting" | "failed" | "left";
};

const fills: Record<Share["tone"], string> = {
  new: "fill-primary",
  changed: "fill-info",
  same: "fill-base-content/25",
  skipped: "fill-accent",
  waiting: "fill-warning",
  failed: "fill-error",
  left: "fill-base-300",
};

/** How a file fell apart, at a glance; the counts beside it say the same in numbers. */
export function OutcomeBar({ shares }: { shares: Share[] }) {
  const total = shares.reduce((sum, share) => sum + share.count, 0);
  if (total === 0) return null;
  let start = 0;
  const pieces = shares.map((share) => {
    const piece = { ...share, x: start, width: (share.count / total) * 1_000 };
    start += piece.width;
    return piece;
  });
  return (
    <svg
      viewBox="0 0 1000 10"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="h-2.5 w-full rounded-full"
    >
      {pieces.map((piece) => (
        <rect key={piece.label} x={piece.x} width={piece.width} height="10" className={fills[piece.tone]} />
      ))}
    </svg>
  );
}
