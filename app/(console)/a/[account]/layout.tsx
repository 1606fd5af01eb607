import type { ReactNode } from "react";
import { currentActor } from "#app/_web/current-actor.ts";
import { isLocalMode } from "#app/_web/local-mode.ts";
import { requestPath } from "#app/_web/request-path.ts";
import { currentTheme } from "#app/_web/theme.ts";
import { ConsoleFrame } from "./console-frame.tsx";
import { navigationOf } from "./navigation.ts";

type Props = { children: ReactNode; params: Promise<{ account: string }> };

export default async function ConsoleLayout({ children, params }: Props) {
  const actor = await currentActor((await params).account, "own_page.view");
  const path = (await requestPath()).split("?")[0] ?? "";
  const person = {
    name: actor.userName,
    email: actor.userEmail,
    theme: await currentTheme(),
    mailbox: isLocalMode(),
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
