import { Agent, get } from "node:http";

export type Asked = { path: string; cookie: string };
export type Spell = { perSecond: number; ms: number[] };

/** Asks for one page over and over, so many at a time on kept connections, for `forMs`. Throws at any answer but 200. */
export async function askFor(url: string, asked: Asked, forMs: number, atOnce: number): Promise<Spell> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const ms: number[] = [];
  const began = performance.now();
  const lane = async () => {
    while (performance.now() - began < forMs) {
      const sent = performance.now();
      await readPage(url, asked, agent);
      ms.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { perSecond: ms.length / seconds, ms };
}

/** The page's HTML, uncompressed. */
export function readPage(url: string, { path, cookie }: Asked, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { accept: "text/html", ...(cookie && { cookie }) };
    const request = get(`${url}${path}`, { headers, ...(agent && { agent }) }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve(Buffer.concat(parts).toString("utf8"));
        else reject(new Error(`${path} answered ${answer.statusCode}`));
      });
    });
    request.on("error", reject);
  });
}

/** The value below which that share of the sorted values lies. */
export const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;
