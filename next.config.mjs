import { fileURLToPath } from "node:url";

process.env.NEXT_TELEMETRY_DISABLED = "1";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // The folder that holds this file, so that a lock file further up is never taken for the root.
  turbopack: { root: fileURLToPath(new URL(".", import.meta.url)) },
  // Types are checked with everything else by `npm test`; a build on a user's machine only has to build.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        // "no-referrer" would make forms without scripts send "Origin: null".
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
      ],
    },
    // A mail, in a frame of the settings; the later entry wins.
    {
      source: "/a/:account/settings/mail/preview",
      headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }],
    },
  ],
  serverExternalPackages: ["postgres", "pg-boss", "pino", "rate-limiter-flexible"],
};

export default config;
