"use client";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Alert } from "#app/_components/alert.tsx";
import { fileSize } from "#app/_components/number.ts";
import { type Progress, sendWithProgress } from "./send-with-progress.ts";

type Button = { label: string; className: string; mode?: string };
type Props = {
  /** The path of the route handler that streams the file. */
  upload: string;
  accept: string;
  /** What kind of file, and how large it may be. */
  hint: string;
  buttons: Button[];
  children?: ReactNode;
};

/** A plain form, so that it works with scripts off; with them it shows how far the file is. */
export function FileForm({ upload, accept, hint, buttons, children }: Props) {
  const { progress, fault, send } = useSending(upload);
  return (
    <form
      action={upload}
      method="post"
      encType="multipart/form-data"
      onSubmit={send}
      className="space-y-4 rounded-box border border-base-300 bg-base-200 p-5"
    >
      {fault && <Alert tone="error">{fault}</Alert>}
      <ChooseFile accept={accept} hint={hint} />
      <div className="flex flex-wrap gap-3" aria-busy={progress !== null}>
        {buttons.map(({ label, className, mode }) => (
          <button
            key={label}
            type="submit"
            name={mode && "mode"}
            value={mode}
            aria-disabled={progress !== null || undefined}
            className={`btn ${className}`}
          >
            {label}
          </button>
        ))}
      </div>
      {progress && <UploadProgress {...progress} />}
      {children}
    </form>
  );
}

function ChooseFile({ accept, hint }: Pick<Props, "accept" | "hint">) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 rounded-field focus-within:outline-2 focus-within:outline-primary focus-within:outline-offset-4">
        <label htmlFor="file" className="btn btn-quiet">
          Choose File
        </label>
        <input
          id="file"
          type="file"
          name="file"
          accept={accept}
          required
          aria-describedby="file-kind"
          className="file-name min-w-0 flex-1 cursor-pointer py-2 focus-visible:outline-none"
        />
      </div>
      <p id="file-kind" className="text-base-content/75 text-sm">
        {hint}
      </p>
    </>
  );
}

function UploadProgress({ sent, of }: Progress) {
  return (
    <div className="space-y-1">
      <progress
        className="progress progress-primary h-2 w-full"
        aria-label="Progress of the upload"
        max={of || 1}
        value={of > 0 ? sent : undefined}
      />
      <p className="text-base-content/75 text-sm">
        {of > 0 && sent >= of
          ? "The file is there; it is being looked at."
          : `${fileSize(sent)} of ${fileSize(of)} sent.`}
      </p>
    </div>
  );
}

/** One form at a time: a second press while one is on its way does nothing. */
function useSending(upload: string) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const sending = useRef<AbortController | null>(null);
  useEffect(() => {
    const rest = () => {
      sending.current?.abort();
      sending.current = null;
      setProgress(null);
    };
    // Back from the next page the browser may show this one as it was left.
    const back = (event: PageTransitionEvent) => event.persisted && rest();
    window.addEventListener("pageshow", back);
    return () => {
      window.removeEventListener("pageshow", back);
      sending.current?.abort();
    };
  }, []);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending.current) return;
    const form = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    sending.current = new AbortController();
    const { signal } = sending.current;
    setFault(null);
    setProgress({ sent: 0, of: 0 });
    const sent = await sendWithProgress(form, upload, { onProgress: setProgress, signal });
    if (sent?.ok) return window.location.assign(sent.to);
    sending.current = null;
    setProgress(null);
    setFault(sent?.sentence ?? null);
  };
  return { progress, fault, send };
}
