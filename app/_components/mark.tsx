/** The roll with its ticks. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7 shrink-0">
      <rect width="32" height="32" rx="6" fill="#0d4a50" />
      <g fill="none" strokeLinecap="round" strokeWidth="2.6">
        <path d="M14 10h11M14 16h11M14 22h11" stroke="#fff" opacity=".8" />
        <path d="m6.5 10 1.6 1.6L11 8.6M6.5 16l1.6 1.6 2.9-3" stroke="#f2b35a" strokeLinejoin="round" />
      </g>
      <circle cx="8.6" cy="22" r="1.5" fill="#f2b35a" />
    </svg>
  );
}
