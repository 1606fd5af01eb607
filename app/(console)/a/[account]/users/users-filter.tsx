"use client";
import { userStatuses } from "#lib/users/user-status.ts";

type Props = {
  here: string;
  search: string | undefined;
  status: string | undefined;
  managed: string | undefined;
};

export function UsersFilter({ here, search, status, managed }: Props) {
  return (
    <form action={here} className="flex flex-wrap items-end gap-3">
      <label className="block">
        <span className="mb-1 block text-sm">Search by name or address</span>
        <input
          type="search"
          name="search"
          defaultValue={search}
          className="input input-sm w-64"
          maxLength={254}
        />
      </label>
      <label className="block">
        <span className="mb-1 block text-sm">Status</span>
        <select name="status" defaultValue={status ?? ""} className="select select-sm w-44">
          <option value="">All statuses</option>
          {Object.entries(userStatuses).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="block">
        <span className="mb-1 block text-sm">Managed</span>
        <select name="managed" defaultValue={managed ?? ""} className="select select-sm w-44">
          <option value="">Managed or not</option>
          <option value="yes">Managed</option>
          <option value="no">Unmanaged</option>
        </select>
      </label>
      <button type="submit" className="btn btn-quiet btn-sm">
        Search
      </button>
      {(search || status || managed) && (
        <a className="link py-1 text-sm" href={here}>
          Show everybody
        </a>
      )}
    </form>
  );
}
