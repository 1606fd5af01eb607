/** Both buttons only ask: the answer has an address that can be passed on. */
export function WhyForm({ here, who }: { here: string; who: string | undefined }) {
  return (
    <form action={here} className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 flex-1 basis-72">
        <label htmlFor="why-who" className="mb-1 block font-medium">
          Address or DN
        </label>
        <p id="why-hint" className="mb-1 text-base-content/75 text-sm">
          An e-mail address, or the whole name of an entry in the directory.
        </p>
        <input
          id="why-who"
          name="who"
          defaultValue={who}
          required
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          aria-describedby="why-hint"
          className="input w-full"
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="btn btn-primary">
          Explain
        </button>
        <button type="submit" name="ask" value="yes" className="btn btn-quiet">
          Ask the directory
        </button>
      </div>
      <p className="text-base-content/75 text-sm">
        Explain tells what the last sync made of it. Ask the directory reads the entry anew, and tells what
        the next one would.
      </p>
    </form>
  );
}
