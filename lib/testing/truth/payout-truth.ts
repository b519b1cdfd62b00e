/** Test only: whether what Stripe paid out is the same in Xero's own books, on both accounts that it moves. */
import { checkClearing } from "#lib/payouts/clearing/check-clearing.ts";
import type { PayoutDesk } from "../payouts.ts";

type AtStripe = {
  id: string;
  balance: { available: number; pending: number };
  payouts: { id: string; status: string; amount: number }[];
};

/** Of all accounts, once what is due has been done. */
async function accountsAtStripe({ simulator }: PayoutDesk): Promise<AtStripe[]> {
  return (await simulator.control<{ accounts: AtStripe[] }>("GET", "/control/stripe/truth")).accounts;
}

const sumOf = (amounts: { amount: number }[]) => amounts.reduce((sum, { amount }) => sum + amount, 0);

/**
 * Every way in which payouts disagree, as sentences: the bank has what arrived, each once; clearing holds what Stripe
 * still has or is sending; and the clearing check explains it to the cent. Ask when all is settled, of a firm whose
 * payments are all in its own currency.
 */
export async function breaksOfPayouts(desk: PayoutDesk): Promise<string[]> {
  const { bankId, clearingAccountId, accountRef } = desk;
  const account = (await accountsAtStripe(desk)).find(({ id }) => id === accountRef);
  if (!account) throw new Error(`Stripe has no ${accountRef}`);
  const inState = (status: string) => account.payouts.filter((one) => one.status === status);
  const arrived = sumOf(inState("paid"));
  const transfers = (await desk.entriesOf(bankId)).filter(({ type }) => type.endsWith("-TRANSFER"));
  const atBank = sumOf(transfers);
  const { available, pending } = account.balance;
  const atStripe = available + pending + sumOf(inState("in_transit"));
  const inClearing = await desk.balanceOf(clearingAccountId);
  const { balance, isRight, parts } = await checkClearing(desk.db, desk.books.connectionId);
  const told = parts.map(({ cause, sum }) => `${cause} ${sum}`).join(", ");
  return [
    ...(atBank === arrived ? [] : [`${arrived} arrived at the bank, and Xero has ${atBank} of it`]),
    ...(inClearing === atStripe ? [] : [`Stripe holds ${atStripe}, and clearing ${inClearing}`]),
    ...(Number(balance) === inClearing && isRight
      ? []
      : [`Clearing holds ${inClearing}, and its check says ${balance}: ${told}`]),
  ];
}
