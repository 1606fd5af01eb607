import { request as httpRequest } from "node:http";

export type BarePost = { path: string; headers: Record<string, string>; body: string };

/** A POST with exactly these headers: a browser, and fetch, would set Origin and Host themselves. */
export function barePost(
  url: string,
  { path, headers, body }: BarePost,
): Promise<{ status: number; location: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, url), { method: "POST", headers }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? "" }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}

const boundary = "----rollcall";
export const multipartType = `multipart/form-data; boundary=${boundary}`;

export function multipartBody(values: Record<string, string>, file?: { name: string; text: string }): string {
  const parts = Object.entries(values).map(
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

function attribute(tag: string, name: string): string {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
