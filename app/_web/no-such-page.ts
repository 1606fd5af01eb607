import { redirect } from "next/navigation";

/**
 * For what does not exist, or not for this person. Next's notFound() leaves the page blank until scripts run; an address
 * that matches no page is answered with 404 and the whole text.
 */
export function noSuchPage(): never {
  redirect("/no-such-page");
}
