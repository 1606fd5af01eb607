-- Cut, not rounded: an id made in the same thousandth of a second must not lie below it.
create or replace function uuid_v7_floor(at timestamptz) returns uuid language sql immutable parallel safe as $$
  select encode(substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) || '\x70008000000000000000'::bytea, 'hex')::uuid
$$;
