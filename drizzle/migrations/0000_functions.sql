-- RFC 9562 version 7: 48 bits of milliseconds, then random bits. Postgres 18 has its own; 15 to 17 get ours.
do $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    execute 'create function uuid_v7() returns uuid language sql volatile parallel safe as ''select uuidv7()''';
  else
    execute $f$
      create function uuid_v7() returns uuid language sql volatile parallel safe as $b$
        select encode(
          set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
            52, 1), 53, 1), 'hex')::uuid
      $b$
    $f$;
  end if;
end
$$;
--> statement-breakpoint
-- The smallest version 7 id of an instant: the bound of a partition by month.
create function uuid_v7_floor(at timestamptz) returns uuid language sql immutable parallel safe as $$
  select encode(substring(int8send((extract(epoch from at) * 1000)::bigint) from 3) || '\x70008000000000000000'::bytea, 'hex')::uuid
$$;
--> statement-breakpoint
-- The account of the running transaction, or null; policies and definer functions read it here.
create function current_account() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.account_id', true), '')::uuid
$$;
