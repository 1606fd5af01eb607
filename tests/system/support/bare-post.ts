import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

export type BareRequest = { method?: string; path: string; headers?: Record<string, string>; body?: string };
export type BareAnswer = {
  status: number;
  location: string;
  headers: IncomingHttpHeaders;
  body: string;
};

/** A request with exactly these headers and this path: a browser, and fetch, would set and mend some of them. */
export function bareRequest(url: string, asked: BareRequest): Promise<BareAnswer> {
  const { method = "GET", path, headers = {}, body } = asked;
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = httpRequest({ hostname, port, path, method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", () => {});
      // Also what arrived of an answer that broke off.
      answer.on("close", () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? "",
          headers: answer.headers,
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

export type BarePost = { path: string; headers: Record<string, string>; body: string };

/** A POST of that kind; status and way on alone. */
export async function barePost(url: string, post: BarePost): Promise<{ status: number; location: string }> {
  const { status, location } = await bareRequest(url, { method: "POST", ...post });
  return { status, location };
}

const boundary = "----rollcall";
export const multipartType = `multipart/form-data; boundary=${boundary}`;

export function multipartBody(
  values: Record<string, string> | [string, string][],
  file?: { name: string; text: string },
): string {
  const parts = (Array.isArray(values) ? values : Object.entries(values)).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  if (file) {
    const head = `Content-Disposition: form-data; name="file"; filename="${file.name}"`;
    parts.unshift(`--${boundary}\r\n${head}\r\nContent-Type: text/csv\r\n\r\n${file.text}\r\n`);
  }
  return `${parts.join("")}--${boundary}--\r\n`;
}

/** The hidden fields of the form, as served to a browser without scripts, that holds this button. */
export function hiddenFields(html: string, button: string): Record<string, string> {
  const form = html.split("<form").find((part) => part.split("</form>")[0]?.includes(`>${button}</button>`));
  if (!form) throw new Error(`There is no form with the button ${button}`);
  const inputs = form.split("</form>")[0]?.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(inputs.map((input) => [attribute(input, "name"), attribute(input, "value")]));
}

/** What the button of a link's page sends along. */
export const pressOf = (html: string): string =>
  attribute(/<button[^>]* name="press"[^>]*>/.exec(html)?.[0] ?? "", "value");

function attribute(tag: string, name: string): string {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
