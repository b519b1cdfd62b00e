import type Stripe from "stripe";
import { z } from "zod";
import { NotAllowed, yes } from "../../control/input.ts";
import type { Route, World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { stripeNow } from "../clock.ts";
import { bankAccountOf } from "../debits/bank-accounts.ts";
import { submitDebit } from "../debits/submit.ts";
import { isDebit } from "../debits/types.ts";
import { answerBank, tryCard } from "../payments/attempt.ts";
import { findCard } from "../payments/cards.ts";
import type { Outcome } from "../payments/outcome.ts";
import { find, lever } from "./lever.ts";

const shape = z.object({
  session: z.string(),
  card: z.string().optional(),
  /** A bank debit in place of a card; `bankAccount` is a test number, by default one that succeeds. */
  debit: z.string().optional(),
  bankAccount: z.string().optional(),
  /** The payer is to verify a US bank account by two small deposits first. */
  microdeposits: yes.default(false),
  email: z.string().default("payer@example.com"),
  name: z.string().default("Pat Payer"),
});

type Asked = z.infer<typeof shape> & { account: string };

/** Pays without a browser. A card that asks the bank is authenticated too. */
export const completeLever: Route = lever("complete", shape, (world, asked) => {
  const { account, object } = find<Stripe.Checkout.Session>(world, "checkout.session", asked.session);
  return asked.debit === undefined
    ? byCard(world, { ...asked, account })
    : byDebit(world, { ...asked, account }, object);
});

function byCard(world: World, { account, session, card: typed, name, email }: Asked) {
  const number = typed ?? (getAccount(account).livemode ? "4012888888881881" : "4242424242424242");
  const card = findCard(number);
  if (!card) throw new NotAllowed("Not a test card");
  const expYear = new Date(stripeNow(world)).getUTCFullYear() + 3;
  const first = tryCard(world, account, session, {
    ...{ card, expMonth: 12, expYear, name, email },
    ...{ country: getAccount(account).country, postalCode: null },
  });
  return first.kind === "authenticate" ? answerBank(world, account, session, true) : first;
}

function byDebit(
  world: World,
  { account, session, debit = "", bankAccount, microdeposits, name, email }: Asked,
  { payment_method_types }: Stripe.Checkout.Session,
): Outcome {
  const offered = isDebit(debit) && payment_method_types.includes(debit);
  const bank = offered ? bankAccountOf(debit, bankAccount) : undefined;
  if (!bank) throw new NotAllowed(offered ? "Not a test bank account" : "This session has no such debit");
  if (microdeposits && debit !== "us_bank_account")
    throw new NotAllowed("Only US bank accounts are verified so");
  return submitDebit(world, account, session, { bank, name, email, microdeposits });
}
