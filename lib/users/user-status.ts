export const userStatuses = {
  not_invited: "Not Invited",
  invited: "Invited",
  signed_up: "Signed Up",
  active: "Active",
  suspended: "Suspended",
  deleted: "Deleted",
  pending_email_input: "Pending Email Input",
} as const;

export type UserStatus = keyof typeof userStatuses;
