/** Whether a query string asks for managed or unmanaged people; anything else counts as absent. */
export const managedOf = (value: string | undefined): boolean | undefined =>
  value === "yes" ? true : value === "no" ? false : undefined;
