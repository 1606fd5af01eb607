import { listAccounts } from "#lib/accounts/list-accounts.ts";
import { verifyChain } from "#lib/audit/verify-chain.ts";
import { type Command, knownAccount, noMore, WrongUsage } from "./command.ts";

export const auditCommands: Record<string, Command> = {
  audit: {
    takes: "verify [SLUG] [--head POSITION:HASH]",
    about: "check the chain of events; exit code 1 where it is broken",
    run: async ([verb, ...args]) => {
      if (verb !== "verify") throw new WrongUsage();
      const { slug, kept } = read(args);
      if (kept && !slug) throw new WrongUsage();
      const accounts = slug ? [{ slug, id: await knownAccount(slug) }] : await listAccounts();
      const told: string[] = [];
      let faults = 0;
      for (const account of accounts) {
        const found = await verifyChain(account.id, kept);
        faults += found.faults;
        told.push(sentence(account.slug, found));
      }
      return { text: told.join("\n") || "There is no account yet.", failed: faults > 0 };
    },
  },
};

function read(args: string[]): {
  slug: string | undefined;
  kept: { position: number; hash: string } | undefined;
} {
  const at = args.indexOf("--head");
  const head = at === -1 ? undefined : args[at + 1];
  const [slug, ...rest] = at === -1 ? args : args.toSpliced(at, 2);
  noMore(rest);
  if (at === -1) return { slug, kept: undefined };
  const parts = /^(\d{1,15}):(\S+)$/.exec(head ?? "");
  if (!parts) throw new WrongUsage();
  return { slug, kept: { position: Number(parts[1]), hash: parts[2] as string } };
}

function sentence(slug: string, found: Awaited<ReturnType<typeof verifyChain>>): string {
  const counts = `${found.events} events, ${found.sealed} sealed, ${found.waiting} waiting for their seal`;
  const head = found.head ? ` Head: ${found.head.position}:${found.head.hash}` : "";
  if (found.faults === 0) return `${slug}: whole. ${counts}.${head}`;
  const first = found.first;
  const place = [
    first?.position != null && `position ${first.position}`,
    first?.eventId && `event ${first.eventId}`,
  ].filter(Boolean);
  return `${slug}: BROKEN, ${found.faults} faults. First: ${first?.sentence ?? ""}${place.length ? ` (${place.join(", ")})` : ""}. ${counts}.${head}`;
}
