import { currentActor } from "#app/_web/current-actor.ts";
import { noSuchPage } from "#app/_web/no-such-page.ts";
import { findVersion } from "#lib/directory/find-version.ts";

type Context = { params: Promise<{ account: string; number: string }> };

/** The settings of one version as a file; there is no secret in them. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { account, number } = await params;
  const actor = await currentActor(account, "directory.view");
  const settings = /^\d{1,9}$/.test(number) ? await findVersion(actor, Number(number)) : null;
  if (!settings) noSuchPage();
  return new Response(`${JSON.stringify(settings, null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="directory-settings-${number}.json"`,
      "cache-control": "no-store",
    },
  });
}
