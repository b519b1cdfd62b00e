import { fromStripe } from "#lib/core/money/currencies.ts";
import { ProcessorFault } from "../types.ts";

/** An amount of Stripe's in hundredths. Throws ProcessorFault for one that neither Xero nor we could keep. */
export function minorOf(units: number, currency: string): bigint {
  try {
    return fromStripe(units, currency.toUpperCase());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProcessorFault("unclear", error.message);
  }
}
