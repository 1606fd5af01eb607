/** What a setting is called on its page, by its path in the document. */
const words: Record<string, string> = {
  connector: "Connector",
  "connection.host": "Host Name",
  "connection.port": "Server Port",
  "connection.security": "Security",
  "connection.ca": "CA certificate",
  "connection.baseDn": "Base DN",
  "connection.bindDn": "User ID",
  "units.take": "Organizational units",
  "units.chosen": "Chosen units",
  "lists.take": "Import distribution lists",
  "lists.chosen": "Chosen lists",
  "users.mapping": "User attributes",
  "users.inclusion": "Inclusion rule",
  "users.exclusions": "Exclusion rules",
  "users.inviteNew": "Invite new people at once",
  "users.disabledBy.attribute": "Disabled by attribute",
  "users.disabledBy.value": "Disabled by value",
  "protected.users": "Protected users",
  "protected.groups": "Protected groups",
  "protected.rules": "Rules of protection",
  "schedule.enabled": "Enable Synchronization",
  "schedule.frequency": "Frequency",
  "schedule.weekday": "Day of the week",
  "schedule.monthDay": "Day of the month",
  "schedule.every": "Every",
  "schedule.unit": "Days or weeks",
  "schedule.startsOn": "First day",
  "schedule.startsAt": "Time",
  "schedule.timeZone": "Time zone",
  weekly: "Automatic weekly sync",
  alertDays: "Days until admins are told",
};

/** "users.attributes.work_phone" → "Attribute of work phone" */
export const settingWord = (path: string): string => {
  const attribute = /^users\.attributes\.(.+)$/.exec(path)?.[1];
  return attribute ? `Attribute of ${attribute.replaceAll("_", " ")}` : (words[path] ?? path);
};
