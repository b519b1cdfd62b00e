import { Button } from "#components/forms/button.tsx";
import { Field } from "#components/forms/field.tsx";

type AmountFormProps = {
  currency: string;
  /** "£120.50": all that is left. */
  most: string;
  typed: string;
  error: string | undefined;
};

/** How much. It writes nothing: the next step shows what it comes to. */
export function AmountForm({ currency, most, typed, error }: AmountFormProps) {
  return (
    <form method="get" className="grid max-w-xl gap-4">
      <Field
        name="amount"
        label={`Amount in ${currency}`}
        hint={`With tax. ${most} is all that is left.`}
        inputMode="decimal"
        defaultValue={typed}
        autoComplete="off"
        maxLength={40}
        code
        required
        error={error}
      />
      <div>
        <Button>Review credit note</Button>
      </div>
    </form>
  );
}
