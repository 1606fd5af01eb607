export const boxes = [1, 2, 3, 4, 5] as const;

/** What is told beside a box, and what can be done about it there and then; null: nothing. */
export type BoxAnswer = {
  address: string;
  tone: "good" | "bad";
  text: string;
  offer: { do: "resend"; invitation: string } | { do: "reactivate"; user: string } | null;
} | null;

export const nothingTold: BoxAnswer[] = boxes.map(() => null);

/** The answers travel with the form, so that they stay also where no scripts run. */
export const writeTold = (told: BoxAnswer[]): string => JSON.stringify(told);

/** What `writeTold` wrote; what a browser sends back is read by `readTold`. */
export function shownTold(text: string | undefined): BoxAnswer[] {
  try {
    return text ? (JSON.parse(text) as BoxAnswer[]) : nothingTold;
  } catch {
    return nothingTold;
  }
}
