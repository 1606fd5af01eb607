import { z } from "zod";
import { type BoxAnswer, boxes, nothingTold, shownTold } from "./box-answer.ts";

const told = z
  .array(
    z
      .object({
        address: z.string(),
        tone: z.enum(["good", "bad"]),
        text: z.string(),
        offer: z
          .discriminatedUnion("do", [
            z.object({ do: z.literal("resend"), invitation: z.uuid() }),
            z.object({ do: z.literal("reactivate"), user: z.uuid() }),
          ])
          .nullable(),
      })
      .nullable(),
  )
  .length(boxes.length);

/** The answers as they come back with the form; whatever is none counts as nothing told. */
export function readTold(text: string | undefined): BoxAnswer[] {
  const parsed = told.safeParse(shownTold(text));
  return parsed.success ? parsed.data : nothingTold;
}
