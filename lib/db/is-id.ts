const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What an address may name; anything else is nobody, and Postgres need not be asked. */
export const isId = (text: string): boolean => uuid.test(text);
