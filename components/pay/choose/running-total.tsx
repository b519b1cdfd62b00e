type RunningTotalProps = {
  /** The form whose `invoice` boxes are added up; each carries data-minor, in hundredths, and data-currency. */
  form: string;
  currency: string;
  /** Decimals that the currency is shown with: what can be ticked here can be charged, and needs no more. */
  digits: number;
  /** "A$3,410.00": what all boxes come to, said until a script can follow the ticks. */
  all: string;
};

/** "Paying 2 invoices A$3,210.00": the pages' script makes it follow the ticks. Only the server decides what is charged. */
export function RunningTotal({ form, currency, digits, all }: RunningTotalProps) {
  return (
    <p
      aria-live="polite"
      data-total-of={form}
      data-currency={currency}
      data-digits={digits}
      className="sum flex items-baseline justify-between gap-4 py-2 font-semibold"
    >
      <span suppressHydrationWarning>Total of all shown</span>
      <span suppressHydrationWarning className="whitespace-nowrap text-xl">
        {all}
      </span>
    </p>
  );
}
