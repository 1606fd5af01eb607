import type { Instrumentation } from "next";

/** Before the first request: settings are checked and the pool is opened. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") await (await import("#app/_web/start-web.ts")).startWeb();
}

/** What a page threw goes to the log under the reference that the person sees. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  (await import("#app/_web/log-request-error.ts")).logRequestError(error, request, context);
};
