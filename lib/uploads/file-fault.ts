/** Why a whole file is refused; `sentence` is for the person who uploaded it. */
export interface FileFault {
  ok: false;
  reason:
    | "empty"
    | "only_header"
    | "binary"
    | "not_text"
    | "too_large"
    | "too_many_columns"
    | "too_many_rows"
    | "header_too_long"
    | "broken_quotes"
    | "flat_list"
    | "roster"
    | "no_address"
    | "address_list"
    | "no_email_column"
    | "two_columns_one_field";
  sentence: string;
  /** What takes such a file instead. */
  belongsTo?: "import" | "bulk_invite";
}

export function fileFault(reason: FileFault["reason"], sentence: string): FileFault {
  return { ok: false, reason, sentence };
}
