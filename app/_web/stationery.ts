import { baseUrl } from "./base-url.ts";
import { settings } from "./settings.ts";

/** What mails are rendered with when the local mailbox shows them. */
export const stationery = () => ({ baseUrl: baseUrl(), tokenKey: settings().ROLLCALL_TOKEN_KEY });
