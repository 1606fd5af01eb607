/** What stands in the way of saving a step, whichever it is. */
export const stepRefusals = {
  changed_meanwhile:
    "Somebody else has changed the settings meanwhile; Versions says who and what. Open the page again and look.",
  not_connected: "Define the connection first.",
  gives_roles:
    "A unit or list of this directory gives a role that you may not give, and these settings say who is in it. Ask somebody who may give that role, or have it taken from the group first (Settings, Roles).",
};

export type StepRefusal = keyof typeof stepRefusals;
