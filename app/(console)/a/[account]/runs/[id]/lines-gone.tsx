import { Alert } from "#app/_components/alert.tsx";
import { settings } from "#app/_web/settings.ts";

/** Said where the lines of a run would be, when they are no longer kept. */
export function LinesGone() {
  const months = settings().ROLLCALL_KEEP_RUNS_MONTHS;
  return (
    <Alert tone="info">
      The lines of this run are gone: lines are kept for {months} {months === 1 ? "month" : "months"}. The
      counts stay.
    </Alert>
  );
}
