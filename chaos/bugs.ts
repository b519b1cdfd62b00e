/** Mistakes that a programmer could make here, each a few words of one file, and the test that must not let it pass. */
export type Bug = {
  name: string;
  file: string;
  /** Stands there once. */
  find: string;
  replace: string;
  /** The smallest run that must go red: a test file, and the beginning of the test's name. */
  caughtBy: { file: string; test: string };
};

const POSTING_CRASHES = {
  file: "lib/posting/sending/crash.it.test.ts",
  test: "killed before any effect on the world, or after the last",
};
const RUN_DUE = "lib/posting/sending/run-due.it.test.ts";
const RACE = "lib/checkout/race.it.test.ts";
const ORDERS = "app/api/v1/orders/orders.it.test.ts";
const ORDERS_BACK = "app/api/v1/orders/take-back.it.test.ts";
const REFUNDS = "lib/payments/refunds/refunds.it.test.ts";

/** `npm test` plants the first few. */
export const BUGS: Bug[] = [
  {
    name: "what may have arrived is sent again without a look",
    file: "lib/posting/sending/rules.ts",
    find: 'return posting.sends === 0 || posting.emptyLooks >= LOOKS_BEFORE_RESEND ? "send" : "look";',
    replace: 'return "send";',
    caughtBy: { file: RUN_DUE, test: "it had arrived: found, adopted, sent once" },
  },
  {
    name: "holds without their unique index",
    file: "db/migrations/0000_first.sql",
    find: 'CREATE UNIQUE INDEX "holds_one_open"',
    replace: 'CREATE INDEX "holds_one_open"',
    caughtBy: { file: RACE, test: "fifty payers press Pay for one part-paid invoice at once" },
  },
  {
    name: "money by floating point",
    file: "lib/core/money/money.ts",
    find: 'const minor = BigInt(whole + fraction.slice(0, 2).padEnd(2, "0"));',
    replace: "const minor = BigInt(Math.floor(Math.abs(Number(value)) * 100));",
    caughtBy: {
      file: "lib/core/money/money.test.ts",
      test: "an amount of any currency, however large, reads back",
    },
  },
  {
    name: "Stripe's whole ariary are taken for hundredths",
    file: "lib/core/money/currencies.ts",
    find: "return Number(decimals === 0 ? minor / 100n : decimals === 3 ? minor * 10n : minor);",
    replace: "return Number(decimals === 3 ? minor * 10n : minor);",
    caughtBy: {
      file: "lib/core/money/currencies.test.ts",
      test: "what Stripe is told and what it tells is the same amount, in every currency that it charges",
    },
  },
  {
    name: "a send is counted after the call, not before",
    file: "lib/posting/sending/send.ts",
    find: "if (!(await changeClaimed(db, claimed, { sends: sends + 1, emptyLooks: 0, cause: null, accountId })))\n    return;",
    replace: "",
    caughtBy: POSTING_CRASHES,
  },
  {
    name: "one look that finds nothing is enough to send again",
    file: "lib/posting/sending/rules.ts",
    find: "const LOOKS_BEFORE_RESEND = 2;",
    replace: "const LOOKS_BEFORE_RESEND = 1;",
    caughtBy: { file: RUN_DUE, test: "it had not: sent again only after two looks" },
  },
  {
    name: "no fence: an older claim may still write",
    file: "lib/posting/store.ts",
    find: "eq(postings.generation, claimed.generation),",
    replace: "",
    caughtBy: { file: RUN_DUE, test: "neither a change nor the end" },
  },
  {
    name: "a claim that waited too long sends all the same",
    file: "lib/posting/sending/run-due.ts",
    find: "if (performance.now() - askedAt > BEGIN_SECONDS * 1_000) throw new TooLate();",
    replace: "",
    caughtBy: { file: RUN_DUE, test: "a first send goes back to the queue as never sent" },
  },
  {
    name: "a refusal is believed without a look for an earlier send",
    file: "lib/posting/sending/finish.ts",
    find: "return refuse(db, claimed, fault, ask);",
    replace: "return refuseFor(db, claimed, fault);",
    caughtBy: { file: RUN_DUE, test: "refused because an earlier send of ours came through late" },
  },
  {
    name: "whatever a posting throws goes to whoever runs it",
    file: "lib/posting/sending/run-due.ts",
    find: "for (const one of taken) await unexpectedFailure(db, one, error);",
    replace: "throw error;",
    caughtBy: {
      file: "lib/posting/sending/unexpected-failure.it.test.ts",
      test: "comes to the to-do list with its reason, nothing sent",
    },
  },
  {
    name: "one capture may make two postings",
    file: "db/migrations/0022_posting-parts.sql",
    find: 'ALTER TABLE "postings" ADD CONSTRAINT "postings_source" UNIQUE("kind","source_id","part");',
    replace: "select 1;",
    caughtBy: { file: RUN_DUE, test: "one capture makes one posting" },
  },
  {
    name: "money on its way to Xero counts as owed",
    file: "lib/payments/attempts/is-owed.ts",
    find: "const now = owed(invoice.dueMinor, onItsWay);",
    replace: "const now = owed(invoice.dueMinor, onItsWay.slice(0, 0));",
    caughtBy: { file: RACE, test: "another payer's money reaches the mirror at any moment of a commit" },
  },
  {
    name: "what a webhook says is trusted",
    file: "lib/payments/process-events.ts",
    find: "if (attempt) await settleAttempt(db, attempt.id);",
    replace: `if (!attempt) return;
  const { recordCapture } = await import("./record-capture.ts");
  const { currency, amountMinor } = attempt;
  await recordCapture(db, attempt.id, { state: "paid", objectRef, currency, amountMinor, method: null, paidAt: new Date() });`,
    caughtBy: { file: RACE, test: "overlapping selections of three invoices" },
  },
  {
    name: "a webhook's signature is not checked",
    file: "lib/processor/stripe/events.ts",
    find: 'stripeClient("sk_unused").webhooks.constructEvent(body, signature ?? "", secret)',
    replace: "JSON.parse(body.toString())",
    caughtBy: { file: "lib/processor/stripe/events.test.ts", test: "is refused: of another endpoint" },
  },
  {
    name: "reserved money is taken without a last look",
    file: "lib/payments/attempts/settle-attempt.ts",
    find: "await checkBeforeCapture(db, attempt)",
    replace: "true",
    caughtBy: {
      file: "lib/payments/attempts/attempts.it.test.ts",
      test: "reserved at the processor, then it was paid elsewhere",
    },
  },
  {
    name: "old news of a refund counts as new",
    file: "lib/payments/refunds/refund-rules.ts",
    find: "return REFUNDS[heard].step > REFUNDS[before].step;",
    replace: "return true;",
    caughtBy: { file: REFUNDS, test: "what was heard before it went back, and comes after" },
  },
  {
    name: "two may give the same money back",
    file: "lib/payments/refunds/refund-store.ts",
    find: 'const [row] = await tx.select().from(captures).where(is).for("update");',
    replace: "const [row] = await tx.select().from(captures).where(is);",
    caughtBy: { file: REFUNDS, test: "M10: two who ask at once for more than there is" },
  },
  {
    name: "a token is refreshed without the grant's lock",
    file: "lib/xero/tokens/grants.ts",
    find: 'const [row] = await tx.select(columns).from(grants).where(eq(grants.id, grantId)).for("update");',
    replace: "const [row] = await tx.select(columns).from(grants).where(eq(grants.id, grantId));",
    caughtBy: { file: "lib/xero/tokens/refresh.it.test.ts", test: "twenty callers in four processes" },
  },
  {
    name: "Xero's limit of a minute is not kept",
    file: "lib/xero/budget/budget-rules.ts",
    find: 'if (minuteLeft <= minuteKept(budget, purpose)) return refused("minute", secondsOfMinute(budget, age, now));',
    replace: "",
    caughtBy: { file: "lib/xero/budget/budget-rules.test.ts", test: "the minute's last calls are kept" },
  },
  {
    name: "a cent is lost when a refund is shared",
    file: "lib/core/money/money.ts",
    find: "for (const { at } of largestFirst.slice(0, left)) parts[at] = (parts[at] ?? 0n) + 1n;",
    replace: "",
    caughtBy: { file: "lib/core/money/money.test.ts", test: "to the minor unit, whatever the weights" },
  },
  {
    name: "a payout that is heard of before its payment stays somebody else's",
    file: "lib/payouts/post-payouts.ts",
    find: "await linkEntries(db);",
    replace: "",
    caughtBy: {
      file: "lib/payouts/payouts.it.test.ts",
      test: "is heard of before the payment and the refund in it",
    },
  },
  {
    name: "what was asked for and did not come counts as answered",
    file: "lib/xero/rows/answer.ts",
    find: "const unknown = ids.filter((id) => found.get(id) === undefined);",
    replace: "const unknown: string[] = [];",
    caughtBy: {
      file: "lib/mirror/unread.it.test.ts",
      test: "what Xero leaves out of an answer that asks for it is not confirmed",
    },
  },
  {
    name: "what a processor gives back after a lost dispute never reaches Xero",
    file: "lib/payments/disputes/dispute-rules.ts",
    find: "return goneBy({ state, withdrawnMinor, toldMinor }) - toldMinor;",
    replace: `const more = goneBy({ state, withdrawnMinor, toldMinor }) - toldMinor;
  return more > 0n ? more : 0n;`,
    caughtBy: {
      file: "lib/payments/disputes/disputes.it.test.ts",
      test: "lost, and appealed, answered and won",
    },
  },
  {
    name: "test and live are one account",
    file: "lib/processor/store.ts",
    find: "        eq(processorAccounts.livemode, livemode),\n",
    replace: "",
    caughtBy: {
      file: "lib/processor/save-account.it.test.ts",
      test: "another account and back, test and live and back",
    },
  },
  {
    name: "invoices in a foreign currency go in one batch",
    file: "lib/posting/batch-rules.ts",
    find: "const size = isBase ? MOST_IN_BATCH : 1;",
    replace: "const size = MOST_IN_BATCH;",
    caughtBy: { file: "lib/posting/batch-rules.test.ts", test: "in a foreign currency" },
  },
  {
    name: "while Xero is away the age of the invoice's own reading counts",
    file: "lib/mirror/sync/is-current.ts",
    find: "return (await areKnown(db, line, { invoiceIds })) &&",
    replace: "return (await areKnown(db, line, { invoiceIds, withinSeconds: 900 })) &&",
    caughtBy: { file: "lib/checkout/away.it.test.ts", test: "Xero is offline" },
  },
  {
    name: "wrong tries are counted under the number as it was typed",
    file: "lib/checkout/links/count-link-try.ts",
    find: "invoiceKey: invoiceKey(link),",
    replace: 'invoiceKey: link.numbers[0] ?? "",',
    caughtBy: {
      file: "lib/checkout/guessing.it.test.ts",
      test: "five wrong tries of one caller at an invoice, however it is written",
    },
  },
  {
    name: "one payer may use all of the organisation's calls",
    file: "lib/checkout/confirm.ts",
    find: "await minute.consume(key);",
    replace: "",
    caughtBy: { file: "lib/checkout/away.it.test.ts", test: "one payer has a share of the calls" },
  },
  {
    name: "an order is known by nothing but its own id",
    file: "db/migrations/0041_orders.sql",
    find: 'CONSTRAINT "orders_number" UNIQUE("connection_id","source","number")',
    replace: 'CONSTRAINT "orders_number" UNIQUE("id","source","number")',
    caughtBy: { file: ORDERS, test: "O5 the same order twice, in other words and at once" },
  },
  {
    name: "of a batch of all or none the good ones are kept",
    file: "lib/orders/accept/accept-orders.ts",
    find: 'if (options.mode === "all" && all.some(({ kind }) => kind !== "taken")) throw new NotAll(all);',
    replace: "",
    caughtBy: { file: ORDERS, test: "all: one that can't be taken keeps all from being taken" },
  },
  {
    name: "the invoice of a cancelled order is voided, paid or not",
    file: "lib/orders/take-back/take-back.ts",
    find: "const mayEnd = mayVoid && isOpen && !(await hasPayments(tx, invoice.id));",
    replace: "const mayEnd = mayVoid;",
    caughtBy: { file: ORDERS_BACK, test: "O5 it is credited when it is paid" },
  },
  {
    name: "an invoice that somebody changed in Xero is taken back with its order",
    file: "lib/orders/take-back/take-back.ts",
    find: "if (!isGone && there.totalMinor !== posted.amountMinor)",
    replace: "if (!there)",
    caughtBy: { file: ORDERS_BACK, test: "O5 what somebody has changed in Xero is not overwritten" },
  },
];
