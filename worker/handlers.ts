import type { Logger } from "pino";
import { runSealAudit } from "#lib/audit/run-seal-audit.ts";
import { bulkChangeKind } from "#lib/bulk-changes/bulk-change-kind.ts";
import { bulkInviteKind } from "#lib/bulk-invites/bulk-invite-kind.ts";
import { directorySyncKind } from "#lib/directory/directory-sync-kind.ts";
import { runDueSyncs } from "#lib/directory/run-due-syncs.ts";
import type { Settings } from "#lib/env/settings.ts";
import { importKind } from "#lib/imports/import-kind.ts";
import type { Handlers } from "#lib/jobs/queues.ts";
import { openTransport } from "#lib/mail/open-transport.ts";
import { runMailJob } from "#lib/mail/run-mail-job.ts";
import { runReleaseMails } from "#lib/mail/run-release-mails.ts";
import { networkList } from "#lib/network/network-list.ts";
import { runSlice } from "#lib/runs/run-slice.ts";
import { runSweep } from "#lib/runs/run-sweep.ts";
import { runTidy } from "#lib/runs/run-tidy.ts";
import { undoKind } from "#lib/runs/undo-kind.ts";

const kinds = (settings: Settings<"worker">) => ({
  import: importKind,
  bulk_invite: bulkInviteKind,
  bulk_change: bulkChangeKind,
  undo: undoKind,
  directory_sync: directorySyncKind({ opened: networkList(settings.ROLLCALL_ALLOW_NETWORKS) }),
});

/** Queue by queue, the one function of the domain that does the work. */
export function handlers(settings: Settings<"worker">, log: Logger): Handlers {
  const transport = openTransport(settings);
  const sendMail = (_payload: object, signal: AbortSignal) => runMailJob({ transport, settings, signal });
  const means = { kinds: kinds(settings), log, removalPercent: settings.ROLLCALL_REMOVAL_PERCENT };
  const begin = (scope: Parameters<typeof runSlice>[1], signal: AbortSignal) =>
    runSlice(means, scope, signal, "first");
  return {
    "run-slice": begin,
    "run-slice-on": (scope, signal) => runSlice(means, scope, signal, "next"),
    "run-reading": (scope, signal) => runSlice(means, scope, signal, "reading"),
    "run-slice-later": begin,
    "release-mails": async (scope) => void (await runReleaseMails(scope)),
    "tidy-run": (scope, signal) => runTidy(scope, signal),
    "send-mail": sendMail,
    "send-mail-later": sendMail,
    "due-syncs": () => runDueSyncs({ holdHours: settings.ROLLCALL_SYNC_HOLD_HOURS }),
    "seal-audit": (_payload, signal) => runSealAudit({ signal }),
    sweep: () => runSweep({ keepRunsMonths: settings.ROLLCALL_KEEP_RUNS_MONTHS }),
  };
}
