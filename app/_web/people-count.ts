import { z } from "zod";

/** A number of people as a person types it, with or without the marks between thousands. */
export const peopleCount = (sentence: string) =>
  z
    .string()
    .transform((typed) => typed.replace(/[\s,.’']/g, ""))
    .pipe(z.string().regex(/^\d{1,7}$/, sentence))
    .transform(Number);
