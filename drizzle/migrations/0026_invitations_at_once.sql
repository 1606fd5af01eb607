alter table run_changes drop constraint run_changes_action;
--> statement-breakpoint
alter table run_changes add constraint run_changes_action check
  (action in ('create', 'update', 'suspend', 'restore', 'activate', 'delete', 'manage', 'unmanage', 'resend', 'revoke', 'none'));
