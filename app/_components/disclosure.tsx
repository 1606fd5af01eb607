import type { ReactNode } from "react";

type Props = {
  id: string;
  label: ReactNode;
  side: "left" | "right";
  className?: string;
  children: ReactNode;
};

/** A button of the header that opens a panel: the browser's own popover, closed by Escape or a press beside it. */
export function Disclosure({ id, label, side, className = "", children }: Props) {
  const place = side === "left" ? "left-4 right-auto" : "right-4 left-auto lg:right-6";
  return (
    <>
      <button type="button" popoverTarget={id} className={`btn btn-quiet btn-sm ${className}`}>
        {label}
        <Chevron />
      </button>
      <div
        id={id}
        popover="auto"
        className={`fixed top-14 bottom-auto m-0 w-64 rounded-box border border-base-300 bg-base-100 p-4 text-base-content shadow-lg ${place}`}
      >
        {children}
      </div>
    </>
  );
}

export const Chevron = () => (
  <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 shrink-0 fill-none stroke-2 stroke-current">
    <path d="m2.5 4.5 3.5 3.5 3.5-3.5" />
  </svg>
);
