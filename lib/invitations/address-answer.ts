/** What became of one address. `text` says what is wrong with it and what to do. */
export type AddressAnswer =
  /**
   * `how`: what the person was before; *renewed*: the last invitation had run out. `suppressed`: no mail goes, since the
   * address bounced or complained before.
   */
  | {
      answer: "invited";
      how: "new" | "not_invited" | "renewed" | "deleted";
      invitationId: string;
      userId: string;
      suppressed: "bounced" | "complained" | null;
    }
  | { answer: "already_user"; status: "active" | "signed_up"; userId: string }
  | { answer: "already_invited"; invitationId: string; userId: string }
  | { answer: "suspended"; userId: string }
  | { answer: "not_an_address"; text: string }
  | { answer: "foreign_domain"; text: string; domains: string[] }
  | { answer: "repeated" };

/** `box`: which of the texts it came from, from 0; `text`: as it was written there. */
export type AnsweredAddress = { box: number; text: string; address: string } & { is: AddressAnswer };
