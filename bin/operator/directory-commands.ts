import { forgetDirectoryIds } from "#lib/directory/forget-directory-ids.ts";
import { type Command, knownAccount, noMore, Refused } from "./command.ts";

export const directoryCommands: Record<string, Command> = {
  "forget-directory-ids": {
    takes: "SLUG",
    about:
      "after a directory was built anew: the next sync finds people by their addresses, groups by their names",
    run: async ([slug, ...rest]) => {
      const accountId = await knownAccount(slug);
      noMore(rest);
      const done = await forgetDirectoryIds(accountId);
      if (!done.ok)
        throw new Refused(
          done.reason === "running"
            ? `A sync of ${slug} is running. Wait for its end, or cancel it.`
            : `${slug} has no directory.`,
        );
      const without =
        done.without > 0
          ? ` ${done.without} who have no address, or another one here than in the directory, are known by their id as before, and will be taken for gone.`
          : "";
      return `Of ${slug}, the next sync finds ${done.people} people by their addresses and ${done.groups} groups by their names.${without} Lists that were chosen are to be chosen again where their ids have changed.`;
    },
  },
};
