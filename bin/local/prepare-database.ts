import postgres from "postgres";

/** Makes the role that owns the tables (no superuser: those skip row-level security) and its database, once. */
export async function prepareDatabase(
  superUrl: string,
  database: string,
  ownerPassword: string,
): Promise<void> {
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  try {
    const [role] = await sql`select 1 from pg_roles where rolname = 'rollcall_owner'`;
    if (!role) {
      await sql.unsafe(`create role rollcall_owner login createrole createdb password '${ownerPassword}'`);
    }
    const [made] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!made) await sql.unsafe(`create database "${database}" owner rollcall_owner`);
  } finally {
    await sql.end();
  }
}
