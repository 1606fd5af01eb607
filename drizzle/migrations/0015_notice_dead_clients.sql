-- A statement of a worker that was killed would otherwise run to its end, and hold its run's row till then. Not every
-- platform can look (PostgreSQL manual, client_connection_check_interval), and a role may be another owner's.
do $$
begin
  alter role rollcall_worker set client_connection_check_interval = '1s';
exception when others then
  raise notice 'client_connection_check_interval stays as it is: %', sqlerrm;
end
$$;
