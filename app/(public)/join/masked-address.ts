/** "grace@acme.test" as "g…@acme.test": enough for whoever has it. */
export const maskedAddress = (address: string): string =>
  address.replace(/^(.?)[^@]*@/, (_, first: string) => `${first}…@`);
