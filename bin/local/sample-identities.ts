/** The people of the sample identity provider. */
export type SampleIdentity = {
  sub: string;
  name: string;
  email: string;
  confirmed: boolean;
  groups: string[];
  about: string;
};

export const sampleClientId = "rollcall";

const identity = (
  name: string,
  email: string,
  groups: string[],
  about: string,
  confirmed = true,
): SampleIdentity => ({
  sub: email.split("@")[0] ?? email,
  name,
  email,
  confirmed,
  groups,
  about,
});

export const sampleIdentities: SampleIdentity[] = [
  identity("Olivia Owner", "olivia.owner@acme.test", [], "the owner"),
  identity("Ada Abe", "ada.abe@acme.test", ["staff", "it-admins"], "whose group gives Admin"),
  identity("Ben Brown", "ben.brown@acme.test", ["staff"], "in no group with a role"),
  identity("Grace Patel", "grace.patel@acme.test", ["staff"], "has not joined"),
  identity("Nora New", "nora.new@acme.test", ["staff"], "to be invited by you"),
  identity("Uma Unconfirmed", "hana.ito@acme.test", ["it-admins"], "whose address is not confirmed", false),
  identity("Walter Elsewhere", "walter@elsewhere.test", ["it-admins"], "of another company"),
];
