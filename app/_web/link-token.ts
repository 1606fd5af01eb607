import { z } from "zod";

/** A link's token out of a form, fit for a path; what cannot be one leads to the page of a dead link. */
export const linkToken = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/)
  .catch("none");
