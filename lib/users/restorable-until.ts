/** SQL: how long a suspended person can be restored; then they are deleted. */
export const restorableFor = "interval '30 days'";

/** SQL: the sentence about somebody who is suspended now. */
export const restorableUntil = `'Restorable until ' || to_char(now() + ${restorableFor}, 'FMDD Mon YYYY') || '.'`;
