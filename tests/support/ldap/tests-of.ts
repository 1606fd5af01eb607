import { expect, test } from "vitest";

type Define = (name: string, work: () => Promise<void>) => void;

/**
 * How tests that need a server of this machine are defined. Where something that it needs is missing (`found` false), one
 * line says how many did not run; with REQUIRE_LDAP=1 that is a failure.
 */
export function testsOf(server: string, missing: string[]): { found: boolean; test: Define } {
  if (missing.length === 0) return { found: true, test };
  let unrun = 0;
  test(`${server} is found`, () => {
    const line = `${unrun} tests of ${server} did not run: ${missing.join(" and ")} missing`;
    console.info(line);
    expect(process.env.REQUIRE_LDAP, line).not.toBe("1");
  });
  const count: Define = () => {
    unrun += 1;
  };
  return { found: false, test: count };
}
