export const isLocalMode = (): boolean => process.env.ROLLCALL_MODE === "local";
