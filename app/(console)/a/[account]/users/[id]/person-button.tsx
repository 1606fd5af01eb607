import type { ReactNode } from "react";
import { ActionForm } from "#app/_components/action-form.tsx";
import { SubmitButton } from "#app/_components/submit-button.tsx";
import type { FormState } from "#app/_web/form-state.ts";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** Hidden fields of the form. */
  about: Record<string, string>;
  look?: "primary" | "error" | "quiet";
  small?: boolean;
  children: ReactNode;
};

/** A form of one button. */
export function PersonButton({ action, about, look = "quiet", small = false, children }: Props) {
  return (
    <ActionForm action={action} className="space-y-2">
      {Object.entries(about).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton className={`btn btn-${look} ${small ? "btn-xs" : "btn-sm"}`}>{children}</SubmitButton>
    </ActionForm>
  );
}
