/** The SQLSTATE that Postgres refused a statement with, as "40P01"; undefined of any other failure. */
export const sqlState = (error: unknown): string | undefined => {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { code?: string } };
  return cause?.code ?? code;
};
