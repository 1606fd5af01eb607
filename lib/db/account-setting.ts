/** The call that lets row-level security show this account's rows, until the end of the transaction. */
export function accountSetting({ accountId }: { accountId: string }): string {
  // Sent as text, so that it needs no exchange of its own.
  if (!isUuid.test(accountId)) throw new Error("an account's id is no uuid");
  return `set_config('app.account_id', '${accountId}', true)`;
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
