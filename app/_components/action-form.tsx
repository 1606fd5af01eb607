"use client";
import { createContext, type ReactNode, useActionState, useContext, useEffect, useRef } from "react";
import { emptyForm, type FormState } from "#app/_web/form-state.ts";
import { Alert } from "./alert.tsx";

const FormContext = createContext<FormState>(emptyForm);

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  className?: string;
  children: ReactNode;
};

/** A form whose answer comes back into it: the sentence above, what was typed and what was wrong with it in each field. */
export function ActionForm({ action, className = "", children }: Props) {
  const [state, submit] = useActionState(action, emptyForm);
  const answer = useRef<HTMLDivElement>(null);
  const { form, keepPlace } = useKeptPlace(state);
  // The button may be far below it. A new answer is a new state, also where the sentence is the same.
  useEffect(() => {
    if (state.message) answer.current?.scrollIntoView({ block: "nearest" });
  }, [state]);
  return (
    <form ref={form} action={submit} onSubmit={keepPlace} className={className} noValidate>
      {state.message && (
        <div ref={answer}>
          <Alert tone={state.tone ?? "error"}>{state.message}</Alert>
        </div>
      )}
      <FormContext value={state}>{children}</FormContext>
    </form>
  );
}

/** A field that an answer fills is another element: whoever sent the form from it would be at the top of the page again. */
function useKeptPlace(state: FormState) {
  const form = useRef<HTMLFormElement>(null);
  const place = useRef<string | null>(null);
  const keepPlace = () => {
    place.current = document.activeElement?.getAttribute("name") ?? null;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: after every answer
  useEffect(() => {
    const field = place.current && form.current?.elements.namedItem(place.current);
    place.current = null;
    if (field instanceof HTMLElement && document.activeElement === document.body) field.focus();
  }, [state]);
  return { form, keepPlace };
}

export const useFormAnswer = (): FormState => useContext(FormContext);
