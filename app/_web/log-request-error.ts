import pino from "pino";
import { settings } from "./settings.ts";

type Request = { path: string; method: string };
type Context = { routePath: string; routeType: string };

export function logRequestError(error: unknown, request: Request, context: Context): void {
  const reference = error instanceof Error && "digest" in error ? error.digest : undefined;
  const path = withoutToken(request.path);
  pino({ level: settings().LOG_LEVEL }).error({
    reference,
    method: request.method,
    path,
    route: context.routePath,
    error: said(error),
  });
}

const withoutToken = (path: string): string => path.replace(/^\/(sign-in|join|verify)\/[^/?]+/, "/$1/…");

function said(error: unknown) {
  return error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : String(error);
}
