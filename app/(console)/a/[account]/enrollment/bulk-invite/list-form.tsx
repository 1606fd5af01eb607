"use client";
import { FileForm } from "../file-form.tsx";
import { Tick } from "../tick.tsx";

const buttons = [{ label: "Send Invitations", className: "btn-primary" }];

export function ListForm({ upload, sendAgain }: { upload: string; sendAgain: boolean }) {
  return (
    <FileForm
      upload={upload}
      accept=".txt,.csv,text/plain,text/csv"
      hint="A .txt file with one address a line, up to 1,000,000 addresses or 512 MiB."
      buttons={buttons}
    >
      <Tick
        name="sendAgain"
        label="Send again"
        ticked={sendAgain}
        hint="Who is invited already is mailed once more, and the earlier mailed link stops working. Otherwise they get no second mail."
      />
    </FileForm>
  );
}
