import type { ReactNode } from "react";

type FieldFrameProps = {
  id: string;
  label: string;
  hint: ReactNode;
  error: string | undefined;
  optional: boolean;
  children: ReactNode;
};

/** Label above, hint under the label, error right at the control it belongs to. */
export function FieldFrame({ id, label, hint, error, optional, children }: FieldFrameProps) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="-mt-1 text-muted text-sm">
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p id={`${id}-error`} className="font-semibold text-danger text-sm">
          <span className="sr-only">Error: </span>
          {error}
        </p>
      )}
    </div>
  );
}

/** The attributes by which a control is tied to its frame. */
export function framed(id: string, { hint, error }: { hint: ReactNode; error: string | undefined }) {
  const ids = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { id, "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined } as const;
}

export const controlClass =
  "block min-h-11 w-full rounded border border-edge bg-sheet px-3 py-2 text-ink placeholder:text-muted " +
  "aria-invalid:border-danger aria-invalid:shadow-[inset_0_0_0_1px_var(--danger)] disabled:bg-tint disabled:text-muted";
