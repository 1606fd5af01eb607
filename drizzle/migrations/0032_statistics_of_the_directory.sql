-- As before, and what a sync has just written.
create or replace function analyze_bulk_tables(staging_only boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze run_rows (account_id, run_id, position, email_norm);
  if not staging_only then
    analyze users (account_id, id, email_norm, external_id, status, first_name_key, last_name_key);
    analyze invitations (account_id, id, email_norm, state);
    analyze directory_entries (account_id, external_id, user_id, verdict);
  end if;
end
$$;
