/** What is told of addresses that no invitation goes to. */
export const noMailTo = {
  foreign_domain: ["failed", "'The address is not in a verified domain of this account.'"],
  bounced: ["failed", "'The address bounced: mend it, or allow mail to it again on the person''s page.'"],
  complained: ["failed", "'The person complained of our mail: nothing more is sent to them.'"],
} as const;
