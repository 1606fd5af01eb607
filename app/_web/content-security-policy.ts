import { isHttps } from "#app/_web/base-url.ts";

/** Scripts only with this request's nonce. A mail shown in the mailbox carries its styles inline, as mail must. */
export function contentSecurityPolicy(nonce: string, path: string): string {
  if (isMailPreview(path)) return previewPolicy;
  const styles = path.startsWith("/local/mailbox/") ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' ${styles}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps() ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** A mail in a frame of the console: it may show its own styles, and nothing else. */
const previewPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "sandbox",
].join("; ");

const isMailPreview = (path: string): boolean => /^\/a\/[^/]+\/settings\/mail\/preview$/.test(path);
