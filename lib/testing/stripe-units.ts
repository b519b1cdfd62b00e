/** Test only: Stripe's amounts in hundredths, by its own page (docs.stripe.com/currencies) and not by our table. */
const WHOLE = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" ");
const THOUSANDTHS = "bhd jod kwd omr tnd".split(" ");

export function hundredths(amount: number, currency: string): string {
  if (WHOLE.includes(currency)) return String(amount * 100);
  return String(THOUSANDTHS.includes(currency) ? amount / 10 : amount);
}
