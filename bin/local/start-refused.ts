/** Something a person can mend: shown as its sentence, without a stack. */
export class StartRefused extends Error {}
