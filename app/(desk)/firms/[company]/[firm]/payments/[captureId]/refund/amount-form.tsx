import { Button } from "#components/forms/button.tsx";
import { Field } from "#components/forms/field.tsx";

type AmountFormProps = {
  currency: string;
  /** "£120.50": all that is left. */
  most: string;
  typed: string;
  error: string | undefined;
};

/** How much. It moves nothing: the next step shows what it comes to. */
export function AmountForm({ currency, most, typed, error }: AmountFormProps) {
  return (
    <form method="get" className="grid max-w-xl gap-4">
      <Field
        name="amount"
        label={`Amount in ${currency}`}
        hint={`${most} is all of it. Over several invoices it is shared in proportion.`}
        inputMode="decimal"
        defaultValue={typed}
        autoComplete="off"
        maxLength={40}
        code
        required
        error={error}
      />
      <div>
        <Button>Review refund</Button>
      </div>
    </form>
  );
}
