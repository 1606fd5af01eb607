import type { ReactNode } from "react";
import { currentActor } from "#app/_web/current-actor.ts";
import { drillDoor } from "#app/_web/drill-door.ts";
import { isLocalMode } from "#app/_web/local-mode.ts";
import { requestPath } from "#app/_web/request-path.ts";
import { currentTheme } from "#app/_web/theme.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { ConsoleFrame } from "./console-frame.tsx";
import { navigationOf } from "./navigation.ts";
import { placeOfRun } from "./runs/place-of-run.ts";

type Props = { children: ReactNode; params: Promise<{ account: string }> };

export default async function ConsoleLayout({ children, params }: Props) {
  const actor = await currentActor((await params).account, "own_page.view");
  const path = await placeOfRun(actor, (await requestPath()).split("?")[0] ?? "");
  const person = {
    name: actor.userName,
    email: actor.userEmail,
    theme: await currentTheme(),
    local: localLinks(actor),
  };
  return (
    <ConsoleFrame
      home={`/a/${actor.accountSlug}`}
      account={actor.accountName}
      person={person}
      navigation={actor.isAdmin ? navigationOf(actor, path) : null}
    >
      {children}
    </ConsoleFrame>
  );
}

function localLinks(actor: UserActor): (readonly [string, string])[] {
  const drill = `/a/${actor.accountSlug}/enrollment/directory-sync/fire-drill`;
  return [
    ...(isLocalMode() ? [["/local/mailbox", "Local mailbox"] as const] : []),
    ...(drillDoor() && isAllowed(actor, "directory.drill") ? [[drill, "Fire drill"] as const] : []),
  ];
}
