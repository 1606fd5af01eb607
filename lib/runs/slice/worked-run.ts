import type { WorkedRun } from "../run-kind.ts";
import type { Lease, RunRow } from "./lease.ts";

export const toWorkedRun = (lease: Lease, run: RunRow): WorkedRun => ({
  accountId: lease.accountId,
  id: run.id,
  kind: run.kind,
  mode: run.mode,
  requestedBy: run.requested_by,
  requestedByName: run.requested_by_name,
  uploadId: run.upload_id,
  options: run.options,
  assumed: run.assumed,
  undoes: run.undoes,
  target: run.target,
  settingsVersion: run.settings_version,
  span: run.span,
});
