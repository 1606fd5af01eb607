import { changeKinds } from "./change-words.ts";

export function ChangesFilter({ here, kind }: { here: string; kind: string | undefined }) {
  return (
    <form action={here} className="flex flex-wrap items-end gap-3">
      <label className="block">
        <span className="mb-1 block text-sm">What happens</span>
        <select name="kind" defaultValue={kind ?? ""} className="select select-sm w-44">
          <option value="">All changes</option>
          {changeKinds.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="btn btn-quiet btn-sm">
        Filter
      </button>
      {kind && (
        <a className="link py-1 text-sm" href={here}>
          Show all changes
        </a>
      )}
    </form>
  );
}
