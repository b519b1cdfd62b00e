import { formatMoney, type Money } from "#lib/core/money/money.ts";
import { Checkbox } from "../forms/checkbox.tsx";
import { ErrorSummary, errorAt, type FieldError } from "../forms/error-summary.tsx";
import { Field } from "../forms/field.tsx";
import { Ask } from "./ask.tsx";
import { PartForm, type PartFormProps } from "./choose/part-form.tsx";
import { type AmountLine, SumLines } from "./choose/sum-line.tsx";
import { HiddenFields } from "./hidden-fields.tsx";
import { PayButton } from "./pay-button.tsx";
import { TermsText } from "./terms-text.tsx";
import type { FirmFace, Hidden } from "./types.ts";

type DetailsViewProps = {
  firmName: string;
  lines: AmountLine[];
  total: Money;
  /** What was typed before; empty at first. */
  values: { name: string; email: string };
  /** For the fields `name`, `email`, `terms` and those of the part; null for the form as a whole. */
  errors: FieldError[];
  /** As the firm published them: paragraphs with an empty line between. */
  terms: string;
  action: string;
  hidden: Hidden;
  backHref: string;
  /** Why these amounts can't be charged, and whom to ask instead; null when they can. */
  blocked: { reason: string; firm: FirmFace } | null;
  /** Null where the firm takes no part of these invoices. */
  part: Omit<PartFormProps, "errors"> | null;
};

/** Step two. Posts `name`, `email` and `terms`; the tick is the payer's own each time. */
export function DetailsView(props: DetailsViewProps) {
  const { firmName, lines, total, values, errors, terms, action, hidden, backHref, part, blocked } = props;
  return (
    <div className="grid gap-8">
      <ErrorSummary errors={errors} />
      <section aria-label="What you are paying">
        <h1 className="mb-3 font-semibold text-xl tracking-tight">Your details</h1>
        <SumLines
          lines={lines}
          total={total}
          label={`Paying ${lines.length} invoice${lines.length === 1 ? "" : "s"}`}
        />
        {part && <PartForm {...part} errors={errors.filter(({ field }) => field?.startsWith("amount-"))} />}
        <p className="mt-1">
          <a href={backHref} className="inline-flex min-h-11 min-w-11 items-center">
            {lines.length === 1 ? "Back" : "Change what you pay"}
          </a>
        </p>
      </section>
      {blocked ? (
        <section aria-label="Why this can't be paid online" className="grid gap-2">
          <p className="font-semibold">{blocked.reason}</p>
          <p>
            {part ? "Choose a smaller amount above, or ask" : "To pay another way, ask"}{" "}
            <Ask firm={blocked.firm} />.
          </p>
        </section>
      ) : (
        <form method="post" action={action} noValidate className="grid gap-6">
          <HiddenFields fields={hidden} />
          <Field
            name="name"
            label="Your name"
            hint={`So that ${firmName} knows who paid.`}
            autoComplete="name"
            maxLength={120}
            required
            defaultValue={values.name}
            error={errorAt(errors, "name")}
          />
          <Field
            name="email"
            type="email"
            label="E-mail"
            hint="For the receipt, nothing else."
            autoComplete="email"
            inputMode="email"
            maxLength={254}
            required
            defaultValue={values.email}
            error={errorAt(errors, "email")}
          />
          <div className="grid gap-2">
            <TermsText title="Terms" body={terms} />
            <Checkbox
              name="terms"
              value="accepted"
              label={`I have read and accept the terms of ${firmName}.`}
              required
              error={errorAt(errors, "terms")}
            />
          </div>
          <PayButton pending="One moment" wide>
            Pay {formatMoney(total)}
          </PayButton>
        </form>
      )}
    </div>
  );
}
