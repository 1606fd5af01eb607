"use client";
import { FileForm } from "../file-form.tsx";
import { OptionFields, type OptionProps } from "./option-fields.tsx";

const buttons = [
  { mode: "check", label: "Check File", className: "btn-quiet" },
  { mode: "apply", label: "Import File", className: "btn-primary" },
  { mode: "map", label: "Map columns", className: "btn-quiet" },
];

export function UploadForm({ upload, ...options }: { upload: string } & OptionProps) {
  return (
    <FileForm
      upload={upload}
      accept=".csv,.txt,text/csv,text/plain"
      hint="A .csv or .txt file, up to 1,000,000 rows or 512 MiB."
      buttons={buttons}
    >
      <p className="max-w-prose text-base-content/75 text-sm">
        <strong className="font-semibold">Check File</strong> says what would happen and changes nothing.{" "}
        <strong className="font-semibold">Import File</strong> does it and sends the invitations.{" "}
        <strong className="font-semibold">Map columns</strong> lets you say first what each column holds.
      </p>
      <OptionFields {...options} />
    </FileForm>
  );
}
