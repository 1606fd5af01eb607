/** What a form shows after it came back: a sentence, a sentence a field, and what was typed. */
export type FormState = {
  message: string | null;
  /** Of the sentence; without it, it says what is wrong. */
  tone?: "success" | "error";
  errors: Record<string, string>;
  values: Record<string, string>;
};

export const emptyForm: FormState = { message: null, errors: {}, values: {} };
