import { Button } from "#components/forms/button.tsx";
import { Field } from "#components/forms/field.tsx";

type AmountFormProps = {
  currency: string;
  hint: string;
  button: string;
  typed: string;
  error: string | undefined;
};

/** How much goes back. It moves nothing and writes nothing: the next step shows what it comes to. */
export function AmountForm({ currency, hint, button, typed, error }: AmountFormProps) {
  return (
    <form method="get" className="grid max-w-xl gap-4">
      <Field
        name="amount"
        label={`Amount in ${currency}`}
        hint={hint}
        inputMode="decimal"
        defaultValue={typed}
        autoComplete="off"
        maxLength={40}
        code
        required
        error={error}
      />
      <div>
        <Button>{button}</Button>
      </div>
    </form>
  );
}
