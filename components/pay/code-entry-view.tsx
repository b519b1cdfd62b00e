import { ErrorSummary, type FieldError } from "../forms/error-summary.tsx";
import { controlClass, FieldFrame, framed } from "../forms/field-frame.tsx";
import { HiddenFields } from "./hidden-fields.tsx";
import { PayButton } from "./pay-button.tsx";
import type { Hidden } from "./types.ts";

type CodeEntryViewProps = {
  /** "j•••@e•••.com", where the code went. */
  maskedEmail: string;
  /** "That is not the code." The digits themselves never come back. */
  error: string | null;
  attemptsLeft: number | null;
  action: string;
  resendAction: string;
  hidden: Hidden;
  backHref: string;
};

/** Six digits from the e-mail, posted as `code`. */
export function CodeEntryView(props: CodeEntryViewProps) {
  const { maskedEmail, error, attemptsLeft, action, resendAction, hidden, backHref } = props;
  const errors: FieldError[] = error ? [{ field: "code", message: error }] : [];
  const left = attemptsLeft === null ? null : `${attemptsLeft} ${attemptsLeft === 1 ? "try" : "tries"} left.`;
  return (
    <div className="grid gap-7">
      <ErrorSummary errors={errors} />
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-tight">Enter the code</h1>
        <p>A code is on its way to {maskedEmail}. It is valid for 10 minutes.</p>
      </div>
      <form method="post" action={action} noValidate className="grid gap-5">
        <HiddenFields fields={hidden} />
        <FieldFrame id="code" label="Six-digit code" hint={left} error={error ?? undefined} optional={false}>
          <input
            {...framed("code", { hint: left, error: error ?? undefined })}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={12}
            required
            className={`${controlClass} max-w-52 font-semibold text-xl tracking-[0.3em]`}
          />
        </FieldFrame>
        <PayButton pending="Checking the code" wide>
          Show my invoices
        </PayButton>
      </form>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-line border-t pt-5">
        <form method="post" action={resendAction}>
          <HiddenFields fields={hidden} />
          <PayButton kind="quiet" pending="Sending a new code">
            Send a new code
          </PayButton>
        </form>
        <a href={backHref} className="inline-flex min-h-11 items-center">
          Back without a code
        </a>
      </div>
    </div>
  );
}
