import { settings } from "./settings.ts";

export const isLocalMode = (): boolean => settings().ROLLCALL_MODE === "local";
