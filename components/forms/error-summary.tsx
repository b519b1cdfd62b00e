export type FieldError = {
  /** The id of the control at fault; null when the fault is the form's as a whole. */
  field: string | null;
  message: string;
};

type ErrorSummaryProps = { errors: FieldError[]; title?: string };

/** What stands in the way, on top of the form, with a link to each field. Takes the focus when the page arrives with it. */
export function ErrorSummary({ errors, title = "Please check" }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  return (
    <div
      id="errors"
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: the answer to what was just sent is where the reader must be
      autoFocus
      className="border-danger border-l-4 bg-danger-tint px-4 py-3"
    >
      <p className="font-semibold">{title}</p>
      <ul className="mt-1 grid gap-1">
        {errors.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            {field ? (
              <a href={`#${field}`} className="text-danger">
                {message}
              </a>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The message that belongs at a field. */
export function errorAt(errors: FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}
