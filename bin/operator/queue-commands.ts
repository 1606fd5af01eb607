import { listQueue } from "#lib/runs/list-queue.ts";
import { type Command, columns, noMore } from "./command.ts";

const time = (at: Date) => at.toISOString().slice(0, 19).replace("T", " ");

export const queueCommands: Record<string, Command> = {
  "list-queue": {
    takes: "",
    about: "open runs and waiting mails of all accounts",
    run: async (args) => {
      noMore(args);
      const { runs, mails } = await listQueue();
      const held = (suspended: boolean) => (suspended ? "account suspended" : "");
      const runRows = runs.map((run, at) => [
        String(at + 1),
        run.account,
        run.kind,
        run.state,
        time(run.since),
        run.leaseUntil ? `until ${time(run.leaseUntil)}` : held(run.suspended) || "nobody",
        run.id,
      ]);
      const mailRows = mails.map((each) => [
        each.account,
        ...[each.queued, each.sending, each.unknown].map(String),
        held(each.suspended),
      ]);
      return [
        runs.length === 0
          ? "No run is open."
          : columns([["PLACE", "ACCOUNT", "KIND", "STATE", "SINCE (UTC)", "WORKER", "RUN"], ...runRows]),
        mails.length === 0
          ? "No mail waits."
          : columns([["ACCOUNT", "QUEUED", "SENDING", "UNKNOWN", ""], ...mailRows]),
      ].join("\n\n");
    },
  },
};
