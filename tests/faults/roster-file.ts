import type postgres from "postgres";

const header = "Email ID,First Name,Last Name,Title,Department,User Status";

/**
 * Line by line always the same people: mostly new ones; of every fifty one who is known and updated, one who is known and
 * invited, one who is a user already; of every hundred one bad address, one repeat and one update of nobody.
 */
export async function* rosterFile(rows: number, domain: string): AsyncGenerator<Buffer> {
  yield Buffer.from(`${header}\r\n`);
  for (let from = 0; from < rows; from += 5_000) {
    const count = Math.min(5_000, rows - from);
    yield Buffer.from(Array.from({ length: count }, (_, at) => record(from + at, domain)).join(""));
  }
}

function record(n: number, domain: string): string {
  const { email, asked } = ask(n, domain);
  return `${email},First${n},"Last, ${n}",Title ${n % 7},Department ${n % 11},${asked}\r\n`;
}

function ask(n: number, domain: string): { email: string; asked: string } {
  const email = `person${n}@${domain}`;
  if (n % 100 === 50) return { email: `person${n}`, asked: "New" };
  if (n % 100 === 51) return { email: `person${n - 10}@${domain}`, asked: "New" };
  if (n % 100 === 52 || n % 50 === 3) return { email, asked: "Update" };
  return { email, asked: "New" };
}

/** Those of the file that the account knows before. */
export async function seedKnown(
  sql: postgres.Sql,
  accountId: string,
  rows: number,
  domain: string,
): Promise<void> {
  await sql`
    insert into users (account_id, email, first_name, status, source)
    select ${accountId}, 'person' || n || '@' || ${domain}::text, 'Known',
      (array['active', 'not_invited', 'active'])[n % 50 - 2], 'invite'
    from generate_series(0, ${rows - 1}::int) n where n % 50 between 3 and 5`;
  await sql`analyze users`;
}
