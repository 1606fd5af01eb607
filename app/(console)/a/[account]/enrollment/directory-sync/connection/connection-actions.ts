"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { network } from "#app/_web/network.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isDn } from "#lib/directory/dn-key.ts";
import { type ConnectionWish, saveConnection } from "#lib/directory/save-connection.ts";
import type { Tried } from "#lib/directory/test-connection.ts";
import { testConnection } from "#lib/directory/test-connection.ts";
import { stepRefusals } from "../step-refusals.ts";
import { serverWords, stepWords } from "./server-words.ts";

const text = (empty: string, most: number) => z.string().trim().min(1, empty).max(most, "That is too long.");
const port = "Enter a number from 1 to 65535; 636 is usual for LDAPS, 389 for StartTLS.";
const pem = /^\s*(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;
const dn = (empty: string) =>
  text(empty, 2_000).refine(isDn, "This is no distinguished name. It looks like dc=example,dc=com.");

const schema = z.object({
  host: text("Enter the host name of the server.", 253).refine(
    (host) => !/[\s/]|:\/\//.test(host),
    "Enter the name alone, without ldap:// and without a port.",
  ),
  port: z.coerce.number(port).int(port).min(1, port).max(65_535, port),
  security: z.enum(["ldaps", "starttls", "none"], "Choose one."),
  ca: z
    .string()
    .max(100_000, "That is too long.")
    .refine((ca) => ca.trim() === "" || pem.test(ca), "Paste it whole, from -----BEGIN CERTIFICATE----- on.")
    .default(""),
  baseDn: dn("Enter where the people are, like dc=example,dc=com."),
  bindDn: text("Enter who signs in to the directory.", 2_000),
  password: z.string().max(1_000, "That is too long.").default(""),
  seen: z.coerce.number().int(),
  what: z.enum(["save", "test"]).catch("save"),
});

type Typed = z.infer<typeof schema>;
type Reason = "password_needed" | "changed_meanwhile" | "gives_roles" | "test_failed";

export const submitConnection = formAction(
  schema,
  (typed, actor): Promise<Outcome<Reason>> =>
    typed.what === "test" ? test(actor, typed) : save(actor, typed),
  {
    password_needed:
      "Type the password. It is never sent to another server, or in another way, than it was given for.",
    changed_meanwhile:
      "Somebody else has changed these settings meanwhile; Versions says who and what. Open the page again and look.",
    gives_roles: stepRefusals.gives_roles,
    test_failed: "The test failed.",
  },
);

const wishOf = ({
  host,
  port: number,
  security,
  ca,
  baseDn,
  bindDn,
  password,
  seen,
}: Typed): ConnectionWish => ({
  connector: "cloud",
  connection: { host, port: number, security, ca: ca.trim() || null, baseDn, bindDn },
  password: password === "" ? null : password,
  seen,
});

async function save(actor: UserActor, typed: Typed): Promise<Outcome<Reason>> {
  const saved = await saveConnection(actor, network(), wishOf(typed));
  if (!saved.ok) return { ...saved, errors: passwordError(saved.reason) };
  const to = `/a/${actor.accountSlug}/enrollment/directory-sync/connection`;
  const message = saved.tried.ok
    ? `Saved. ${passed(saved.tried)}`
    : `Saved, but the test failed. ${failed(saved.tried)}`;
  return { ok: true, to, flash: { tone: saved.tried.ok ? "success" : "error", message } };
}

async function test(actor: UserActor, typed: Typed): Promise<Outcome<Reason>> {
  const tested = await testConnection(actor, network(), wishOf(typed));
  if (!tested.ok) return { ...tested, errors: passwordError(tested.reason) };
  if (!tested.tried.ok)
    return {
      ok: false,
      reason: "test_failed",
      sentence: `The test failed. ${failed(tested.tried)} Nothing was saved.`,
    };
  const again =
    typed.password === "" ? "" : " Nothing was saved yet: type the password again and press Save.";
  const { host, port: number, security, ca, baseDn, bindDn } = typed;
  return {
    ok: true,
    values: { host, port: String(number), security, ca, baseDn, bindDn },
    sentence: `The test passed. ${passed(tested.tried)}${again}`,
  };
}

const passwordError = (reason: string): Record<string, string> | undefined =>
  reason === "password_needed" ? { password: "Type the password." } : undefined;

const passed = ({ server, people, units, counted }: Extract<Tried, { ok: true }>): string =>
  `${serverWords[server.kind]} answers: ${counted ? "" : "at least "}${people.toLocaleString("en")} people in ${units.toLocaleString("en")} units below the Base DN.`;

const failed = ({ step, sentence }: Extract<Tried, { ok: false }>): string =>
  `${stepWords[step]}: ${sentence}`;
