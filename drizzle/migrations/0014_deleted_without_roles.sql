-- Whoever is added again under the address of a deleted person must not come into their roles.
grant delete on role_grants to rollcall_worker;
