import { settings } from "./settings.ts";

/** The configured public address of this deployment; links and origin checks are built from nothing else. */
export const baseUrl = (): string => settings().ROLLCALL_BASE_URL;

export const isHttps = (): boolean => new URL(baseUrl()).protocol === "https:";
