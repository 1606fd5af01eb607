import type { FileFault } from "./file-fault.ts";
import type { FileWords, TextVerdict } from "./inspect-bytes.ts";
import type { UploadKind } from "./upload-kinds.ts";

export interface HeadFault<Layout> extends FileFault {
  /** Given when the file is kept all the same, for a person can put right what is wrong. */
  layout?: Layout;
}

/** What is made of a kind of file when it comes in; the layout is plain data and is stored with the file. */
export interface FileReading<Layout extends object> {
  kind: UploadKind;
  words: FileWords;
  inspectHead(head: Buffer, verdict: TextVerdict): { ok: true; layout: Layout } | HeadFault<Layout>;
}
