import { formatMoney, type Money } from "#lib/core/money/money.ts";
import { errorAt, type FieldError } from "../../forms/error-summary.tsx";
import { Field } from "../../forms/field.tsx";
import { PayButton } from "../pay-button.tsx";

export type PartFormProps = {
  lines: {
    invoiceId: string;
    number: string;
    owed: Money;
    /** From how much to how much a part may be; null when all of it must be paid. */
    part: { least: Money; most: Money } | null;
    typed: string;
  }[];
  action: string;
  /** For the fields `amount-` and the invoice's id. */
  errors: FieldError[];
};

/** Posts, for each invoice, `invoice` and the `amount` typed for it; an empty one means all. Opened only by who wants it. */
export function PartForm({ lines, action, errors }: PartFormProps) {
  return (
    <details open={errors.length > 0}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
        Pay a part
      </summary>
      <form method="post" action={action} noValidate className="grid gap-4 pt-2">
        {lines.map(({ invoiceId, number, owed, part, typed }) => (
          <div key={invoiceId}>
            <input type="hidden" name="invoice" value={invoiceId} />
            {part ? (
              <Field
                id={`amount-${invoiceId}`}
                name="amount"
                label={`Amount for ${number}`}
                hint={`From ${formatMoney(part.least)} to ${formatMoney(part.most)}, or all of it: ${formatMoney(owed)}.`}
                inputMode="decimal"
                autoComplete="off"
                maxLength={40}
                defaultValue={typed}
                error={errorAt(errors, `amount-${invoiceId}`)}
              />
            ) : (
              <input type="hidden" name="amount" value="" />
            )}
          </div>
        ))}
        <div>
          <PayButton kind="quiet" pending="One moment">
            Use this amount
          </PayButton>
        </div>
      </form>
    </details>
  );
}
