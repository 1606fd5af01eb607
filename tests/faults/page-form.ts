import { request } from "node:http";

/** `origin`: what a browser would send, by the address that people know. */
type Place = { url: string; path: string; cookie: string; origin: string };

/** A form of a page as it stands there, with what is hidden in it. */
export type Form = Place & { fields: Record<string, string> };

type Answer = { status: number; location: string | null; body: string };

/** The form with a button of this name, as it works with scripts off. */
export async function readForm(place: Place, button: string): Promise<Form> {
  const { status, body } = await ask(place);
  const form = body.split("<form").find((part) => part.split("</form>")[0]?.includes(`>${button}<`));
  if (!form) throw new Error(`the page (${status}) has no form with ${button}`);
  const inputs = (form.split("</form>")[0] ?? "").match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  const of = (input: string, name: string) =>
    unescaped(new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? "");
  return {
    ...place,
    fields: Object.fromEntries(inputs.map((input) => [of(input, "name"), of(input, "value")])),
  };
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const boundary = "----rollcall-form-boundary";

/** As a browser without scripts sends it. */
export function send(form: Form, more: Record<string, string>): Promise<Answer> {
  const parts = Object.entries({ ...form.fields, ...more }).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return ask(form, `${parts.join("")}--${boundary}--\r\n`);
}

function ask({ url, path, cookie, origin }: Place, sent?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // As behind a proxy, which says under which name it was asked.
    const host = new URL(origin).host;
    const headers: Record<string, string> = { cookie, host, "x-forwarded-host": host };
    if (sent !== undefined) {
      headers.origin = origin;
      headers["content-type"] = `multipart/form-data; boundary=${boundary}`;
      headers["content-length"] = String(Buffer.byteLength(sent));
    }
    const asking = request(
      `${url}${path}`,
      { method: sent === undefined ? "GET" : "POST", headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location ?? null,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    asking.on("error", reject);
    asking.end(sent);
  });
}
