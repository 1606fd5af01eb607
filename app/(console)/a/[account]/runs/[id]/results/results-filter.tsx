type Props = {
  here: string;
  /** What each outcome is called. */
  words: Record<string, string>;
  outcome: string | undefined;
  search: string | undefined;
};

export function ResultsFilter({ here, words, outcome, search }: Props) {
  return (
    <form action={here} className="flex flex-wrap items-end gap-3">
      <label className="block">
        <span className="mb-1 block text-sm">Outcome</span>
        <select name="outcome" defaultValue={outcome ?? ""} className="select select-sm w-44">
          <option value="">All outcomes</option>
          {Object.entries(words).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="block">
        <span className="mb-1 block text-sm">Search by address</span>
        <input
          type="search"
          name="search"
          defaultValue={search}
          className="input input-sm w-64"
          maxLength={254}
        />
      </label>
      <button type="submit" className="btn btn-quiet btn-sm">
        Filter
      </button>
      {(outcome || search) && (
        <a className="link py-1 text-sm" href={here}>
          Show all rows
        </a>
      )}
    </form>
  );
}
