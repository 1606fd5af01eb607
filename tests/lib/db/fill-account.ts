import type postgres from "postgres";

export const person = "0190a000-0000-7000-8000-00000000000a";

/** A row of the account in every table that has one. */
export async function fillAccount(root: postgres.Sql, id: string, slug: string): Promise<void> {
  const run = (await root`select uuid_v7() as id`)[0]?.id;
  await root`insert into accounts (id, slug, name) values (${id}, ${slug}, ${slug})`;
  await root`insert into account_domains (account_id, domain) values (${id}, ${`${slug}.test`})`;
  await root`insert into users (account_id, id, email, source) values (${id}, ${person}, ${`a@${slug}.test`}, 'api')`;
  await root`insert into roles (account_id, id, kind, name) values (${id}, ${person}, 'owner', 'Owner')`;
  await root`insert into role_grants (account_id, role_id, user_id) values (${id}, ${person}, ${person})`;
  await root`insert into sessions (account_id, user_id, expires_at) values (${id}, ${person}, now() + interval '1 day')`;
  await root`insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
    values (${id}, ${person}, 'email_link', now() + interval '1 day')`;
  await root`insert into invitations (account_id, user_id, email, source, expires_at)
    values (${id}, ${person}, ${`a@${slug}.test`}, 'import', now() + interval '1 day')`;
  await root`insert into emails (account_id, key, kind, recipient, subject_id) values (${id}, 'k', 'invitation', 'a', ${person})`;
  await root`insert into runs (account_id, id, kind, mode, requested_by_name) values (${id}, ${run}, 'import', 'apply', 'Ada')`;
  await root`insert into run_mail_counts (account_id, run_id) values (${id}, ${run})`;
  await root`insert into run_rows (account_id, run_id, position, line) values (${id}, ${run}, 1, 2)`;
  await root`insert into run_entries (account_id, run_id, position, line, outcome) values (${id}, ${run}, 1, 2, 'new')`;
  await root`insert into run_changes (account_id, run_id, position, user_id, action) values (${id}, ${run}, 1, ${person}, 'create')`;
  await root`insert into run_mends (account_id, run_id, position, mended_in, mended_by_name) values (${id}, ${run}, 1, ${run}, 'Ada')`;
  await root`insert into groups (account_id, id, name) values (${id}, ${person}, 'Sales')`;
  await root`insert into group_members (account_id, group_id, user_id) values (${id}, ${person}, ${person})`;
  const [upload] =
    await root`insert into uploads (account_id, file_name, sealed_key) values (${id}, 'f', 'k') returning id`;
  await root`insert into upload_pieces (account_id, upload_id, seq, body) values (${id}, ${upload?.id}, 0, 'x')`;
  await root`insert into group_role_grants (account_id, group_id, role_id) values (${id}, ${person}, ${person})`;
  await root`insert into sso_connections (account_id, id, name, issuer, client_id)
    values (${id}, ${run}, 'Acme', 'https://id.test', 'rollcall')`;
  await root`insert into sso_role_rules (account_id, connection_id, claimed_group, role_id) values (${id}, ${run}, 'it', ${person})`;
  await root`insert into identities (account_id, user_id, issuer, subject) values (${id}, ${person}, 'https://id.test', 's')`;
  await root`insert into managed_spans (account_id, user_id, name, managed_by) values (${id}, ${person}, 'A', 'Ada')`;
  await root`insert into account_texts (account_id, language, kind, text) values (${id}, 'en', 'invitation', 'Welcome')`;
  await root`insert into mail_days (account_id, day) values (${id}, current_date)`;
  await root`insert into mail_events (account_id, email_id, provider_event_id, kind, at)
    values (${id}, ${person}, 'msg_1', 'delivered', now())`;
  await root`insert into suppressed_addresses (account_id, email_norm, reason) values (${id}, 'b@b.test', 'bounced')`;
  await root`insert into address_proofs (account_id, user_id, email, expires_at) values (${id}, ${person}, 'a', now())`;
  await root`insert into directories (account_id, id) values (${id}, ${person})`;
  await root`insert into directory_versions (account_id, directory_id, number, settings, step, saved_by_name)
    values (${id}, ${person}, 1, '{}', 'connection', 'Ada')`;
  await root`insert into directory_entries (account_id, external_id, dn, dn_key, verdict, run_id) values (${id}, 'e', 'uid=a', 'uid=a', 'in', ${run})`;
  await root`insert into run_groups (account_id, run_id, external_id, kind, name) values (${id}, ${run}, 'g', 'list', 'all')`;
  await root`insert into run_group_members (account_id, run_id, group_id, member_id) values (${id}, ${run}, 'g', 'e')`;
  await root`insert into audit_chain (account_id, position, event_id, key_id, hash) values (${id}, 1, ${run}, 'k', 'h')`;
  await root`insert into audit_events (account_id, actor_kind, actor_name, action) values (${id}, 'system', 'x', 'x')`;
}
