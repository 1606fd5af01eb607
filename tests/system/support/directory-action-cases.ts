import type { Case } from "./action-case.ts";

const a = "app/(console)/a/[account]";

/** Of the pages of the directory. */
export const directoryActionCases: Record<string, Case> = {
  [`${a}/enrollment/directory-sync/fire-drill/drill-actions.ts#playDrill`]: {
    fields: () => ({ mode: "outage" }),
  },
  [`${a}/enrollment/directory-sync/connection/connection-actions.ts#submitConnection`]: {
    fields: () => ({
      host: "127.0.0.1",
      port: "1",
      security: "ldaps",
      baseDn: "dc=acme,dc=test",
      bindDn: "cn=reader,dc=acme,dc=test",
      password: "secret",
      seen: "1",
    }),
    changes: true,
  },
  [`${a}/enrollment/directory-sync/organizational-units/unit-actions.ts#saveUnits`]: {
    fields: () => ({ take: "none", seen: "1" }),
  },
  [`${a}/enrollment/directory-sync/distribution-lists/list-actions.ts#saveLists`]: {
    fields: () => ({ take: "on", seen: "1" }),
  },
  [`${a}/enrollment/directory-sync/schedule/schedule-actions.ts#saveSchedule`]: {
    fields: () => ({
      frequency: "daily",
      weekday: "1",
      monthDay: "1",
      every: "1",
      unit: "days",
      startsOn: "2027-01-01",
      startsAt: "03:00",
      timeZone: "UTC",
      alertDays: "",
      seen: "1",
    }),
  },
  [`${a}/enrollment/directory-sync/users/users-actions.ts#saveUsers`]: {
    fields: () => ({
      mapping: "default",
      inclusion: "",
      disabledAttribute: "",
      disabledValue: "",
      seen: "1",
    }),
  },
  [`${a}/enrollment/directory-sync/protected/protected-actions.ts#keepProtected`]: {
    fields: () => ({ addresses: "", seen: "1" }),
  },
  [`${a}/enrollment/directory-sync/versions/version-actions.ts#bringBack`]: {
    fields: () => ({ number: "1", seen: "1" }),
  },
  [`${a}/enrollment/directory-sync/versions/version-actions.ts#bringSettings`]: {
    fields: () => ({ text: "{}", seen: "1" }),
  },
  [`${a}/enrollment/directory-sync/sync-actions.ts#runNow`]: { fields: () => ({ mode: "check" }) },
  [`${a}/enrollment/directory-sync/sync-actions.ts#applyPlan`]: {
    fields: ({ stock }) => ({ run: stock.planned }),
  },
  [`${a}/enrollment/directory-sync/sync-actions.ts#cancelSync`]: {
    fields: ({ stock }) => ({ run: stock.planned }),
    changes: true,
  },
  [`${a}/enrollment/directory-sync/sync-actions.ts#wishRun`]: { fields: () => ({ wish: "run" }) },
  [`${a}/enrollment/directory-sync/sync-actions.ts#saveConnector`]: {
    fields: () => ({ connector: "agent", seen: "1" }),
    changes: true,
  },
};
