type Props = { name: string; label: string; hint: string; ticked: boolean };

/** A box with what it means below its label. */
export function Tick({ name, label, hint, ticked }: Props) {
  return (
    <div className="flex gap-3">
      <input
        // A form that was answered is reset to what its boxes were made with.
        key={String(ticked)}
        id={name}
        type="checkbox"
        name={name}
        defaultChecked={ticked}
        aria-describedby={`${name}-hint`}
        className="checkbox checkbox-primary checkbox-sm mt-0.5"
      />
      <div>
        <label htmlFor={name} className="font-medium">
          {label}
        </label>
        <p id={`${name}-hint`} className="text-base-content/75 text-sm">
          {hint}
        </p>
      </div>
    </div>
  );
}
