/** Posts to a route handler that streams the file; a plain form, so that it works with scripts off. */
export function UploadForm({ upload }: { upload: string }) {
  return (
    <form
      action={upload}
      method="post"
      encType="multipart/form-data"
      className="space-y-4 rounded-box border border-base-300 bg-base-200 p-5"
    >
      <div className="flex flex-wrap items-center gap-3 rounded-field focus-within:outline-2 focus-within:outline-primary focus-within:outline-offset-4">
        <label htmlFor="file" className="btn btn-quiet">
          Choose File
        </label>
        <input
          id="file"
          type="file"
          name="file"
          accept=".csv,.txt,text/csv,text/plain"
          required
          aria-describedby="file-kind"
          className="file-name min-w-0 flex-1 cursor-pointer py-2 focus-visible:outline-none"
        />
      </div>
      <p id="file-kind" className="text-base-content/75 text-sm">
        A .csv or .txt file, up to 1,000,000 rows or 512 MiB.
      </p>
      <div className="flex flex-wrap gap-3">
        <button type="submit" name="mode" value="check" className="btn btn-quiet">
          Check File
        </button>
        <button type="submit" name="mode" value="apply" className="btn btn-primary">
          Import File
        </button>
      </div>
      <p className="max-w-prose text-base-content/75 text-sm">
        <strong className="font-semibold">Check File</strong> says what would happen and changes nothing.{" "}
        <strong className="font-semibold">Import File</strong> does it and sends the invitations.
      </p>
    </form>
  );
}
