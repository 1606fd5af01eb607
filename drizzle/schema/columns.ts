import { sql } from "drizzle-orm";
import { customType, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** A new UUIDv7 (RFC 9562) from the database's clock. */
export const newId = () => uuid().notNull().default(sql`uuid_v7()`);

export const instant = () => timestamp({ withTimezone: true, mode: "date" });

export const createdAt = () => instant().notNull().default(sql`now()`);

/** Bytewise order: prefix ranges use the index under every database locale. */
export const textC = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** The one place where an address is normalised: ASCII only is stored, so folding is exact in the C locale. */
export const emailNorm = () => textC().generatedAlwaysAs(sql`lower(email collate "C")`);

/** What an administrator can put into a person's record from a file or a directory. */
export const profileColumns = () => ({
  firstName: text(),
  lastName: text(),
  alternateId: text(),
  workPhone: text(),
  title: text(),
  department: text(),
  location: text(),
  streetAddress: text(),
  city: text(),
  region: text(),
  postalCode: text(),
  country: text(),
  licenseType: text(),
  serviceId: text(),
  extension: text(),
  language: text(),
});
