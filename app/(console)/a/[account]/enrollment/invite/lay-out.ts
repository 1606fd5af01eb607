import { answerSentence } from "#app/(console)/a/[account]/invitation-sentences.ts";
import type { AddressAnswer, AnsweredAddress } from "#lib/invitations/address-answer.ts";
import { type BoxAnswer, boxes } from "./box-answer.ts";

export type Layout = { typed: string[]; told: BoxAnswer[] };

/**
 * Every address in a box of its own with its answer: where it was written, or from the first box on where a list was
 * pasted into one. Boxes of people who were invited are empty; an empty box keeps what was told beside it before.
 */
export function layOut(answers: AnsweredAddress[], before: BoxAnswer[], mayReactivate: boolean): Layout {
  const isSpread = new Set(answers.map(({ box }) => box)).size < answers.length;
  const typed = boxes.map(() => "");
  const told = isSpread ? boxes.map((): BoxAnswer => null) : [...before];
  answers.forEach(({ box, text, address, is }, at) => {
    const place = isSpread ? at : box;
    typed[place] = is.answer === "invited" ? "" : text;
    told[place] = boxAnswer(address, is, mayReactivate);
  });
  return { typed, told };
}

function boxAnswer(address: string, is: AddressAnswer, mayReactivate: boolean): BoxAnswer {
  const text = answerSentence(is);
  const shown = { address, text, tone: is.answer === "invited" ? ("good" as const) : ("bad" as const) };
  if (is.answer === "already_invited")
    return { ...shown, offer: { do: "resend", invitation: is.invitationId } };
  if (is.answer !== "suspended") return { ...shown, offer: null };
  if (mayReactivate) return { ...shown, offer: { do: "reactivate", user: is.userId } };
  return { ...shown, text: `${text} Somebody who may manage users can restore them.`, offer: null };
}
