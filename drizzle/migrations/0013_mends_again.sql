-- A failed line whose mended run came to nothing may be mended once more.
grant update on run_mends to rollcall_app;
