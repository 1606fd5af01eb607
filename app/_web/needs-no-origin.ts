/**
 * The POSTs that come from no page of ours, each with a proof of its own instead of an Origin and a cookie: a provider's
 * webhook (its signature), and declining reminders, which mail programs do in one click (RFC 8058; the link's token).
 */
// What is led on to its route comes by here once more, with that route's path.
const provenOtherwise = [/^\/api\/webhooks\/[a-z]+$/, /^\/unsubscribe\/[\w-]+(\/stop)?$/];

export const needsNoOrigin = (method: string, path: string): boolean =>
  method === "POST" && provenOtherwise.some((pattern) => pattern.test(path));

/** The page that shows the button has the same address, and a page takes no POST but its own forms'. */
export const oneClickPath = (method: string, path: string): string | null =>
  method === "POST" && /^\/unsubscribe\/[\w-]+$/.test(path) ? `${path}/stop` : null;
