/** What stands in the way of saving a step, whichever it is. */
export const stepRefusals = {
  changed_meanwhile: "Somebody else has changed the settings meanwhile. Open the page again and look.",
  not_connected: "Define the connection first.",
};
