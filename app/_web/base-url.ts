/** The configured public address of this deployment; links and origin checks are built from nothing else. */
export function baseUrl(): string {
  return process.env.ROLLCALL_BASE_URL ?? "http://127.0.0.1:3000";
}

export function isHttps(): boolean {
  return new URL(baseUrl()).protocol === "https:";
}
