CREATE INDEX "users_without_address" ON "users" USING btree ("account_id","id") WHERE email is null;--> statement-breakpoint
-- One look by key an account: the index by address begins with the account, and a stranger who asks for a link must not
-- make the database read every person there is.
create or replace function gate_sign_in_candidates(p_email text) returns table (account_id uuid, user_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, u.id from accounts a
  cross join lateral (select id from users
    where account_id = a.id and email_norm = lower(p_email collate "C") and status in ('active', 'signed_up') limit 1) u
  where a.suspended_at is null
    and exists (select from role_grants g where g.account_id = a.id and g.user_id = u.id)
  order by a.id limit 20
$$;
--> statement-breakpoint
-- Databases that were made before Postgres 15 let everybody create here, and definer functions look names up here.
revoke create on schema public from public;
