/** Test only: a desk whose clearing account is a bank account, with payouts set up; what Stripe pays out of it. */
import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { captureOf } from "#lib/payments/attempts/checkout-attempts.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { checkClearing } from "#lib/payouts/clearing/check-clearing.ts";
import { savePayoutSettings } from "#lib/payouts/payout-settings.ts";
import { pollPayouts } from "#lib/payouts/read-from-processor.ts";
import { setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { attemptOf, begin, commit, type Desk, openDesk, pageOf, payAtStripe } from "./desk.ts";
import type { Simulator } from "./simulator-process.ts";
import { invoiceInXero, runToIdle } from "./truth/truth.ts";

const RIPE_SECONDS = 4 * 86_400;

/** Levers that name their account; the others name an object of it. */
const ACCOUNTS = ["payout", "payout-schedule", "balance-entry", "fee-tax"];

type Account = { id: string; code?: string; name: string };
type Entry = { id: string; kind: string; amount: number; type: string; reference: string };
type Balance = { balance: number; entries: Entry[] };

const AT_STRIPE = {
  au: "acct_1SimDemoAccountants",
  uk: "acct_1SimHarbourBooks",
  us: "acct_1SimLakeviewTax",
};
type Country = keyof typeof AT_STRIPE;

/** A client of each one's organisation. */
const CLIENTS = { au: "Bayside+Club", uk: "Quayside+Bakery", us: "Cedar+Street+Dental" };

/** As Xero names it in each country. */
const BANKS = ["Business Bank Account", "Checking Account"];

export type PayoutDesk = Desk & {
  bankId: string;
  /** Stripe's id of the account. */
  accountRef: string;
  /** In hundredths, by Xero's own books. */
  balanceOf(accountId: string): Promise<number>;
  entriesOf(accountId: string): Promise<Entry[]>;
  /** A lever of Stripe's account. */
  atStripe<T = { id: string; amount: number }>(what: string, body?: object): Promise<T>;
  /** What a person does in Xero. */
  inXero(what: string, body: object): Promise<unknown>;
  /** What was taken can be paid out from now on; it is still today, or no session would stay open. */
  ripe(): Promise<void>;
  /** All that is available goes to the bank and arrives; its id and amount. */
  paidOut(): Promise<{ id: string; amount: number }>;
  /** How much bank and clearing account moved by what is done, by Xero's own books. */
  moved(work: () => Promise<unknown>): Promise<{ bank: number; clearing: number }>;
  /** What the clearing check says, cause by cause; throws when its sum is not what Xero's own books say. */
  clearing(): Promise<Record<string, number | boolean>>;
  /** The worker learns of payouts and writes all it must. */
  heard(): Promise<void>;
  someContact(): Promise<string>;
  setUp(change?: {
    feesPer?: "payout" | "payment";
    startsOn?: string;
    taxedFeeTaxType?: string;
  }): Promise<void>;
};

/** Payouts of any day are written, fees in one line a payout, to 404 without tax. */
export async function openPayoutDesk(
  db: Db,
  simulator: Simulator,
  choice: { country?: Country; setUp?: boolean } = {},
): Promise<PayoutDesk> {
  const { country = "au", setUp = true } = choice;
  const desk = await withClearing(await openDesk(db, simulator, { country }), country);
  if (setUp) await desk.setUp();
  return desk;
}

/** 100.00 more is owed of this invoice, and paid by card: what was taken. */
export async function takenOf(desk: PayoutDesk, number: string) {
  const { id, amountPaid } = await invoiceInXero(desk.simulator, desk.tenantId, number);
  await desk.inXero("invoice", { invoice: id, total: (amountPaid / 100 + 100).toFixed(2) });
  await refreshInvoices(desk.db, desk.books, { ids: [id], purpose: "sync" });
  const token = await begin(desk, { number, amount: "100.00" });
  await commit(desk, token);
  const attempt = await attemptOf(desk, token);
  await payAtStripe(desk, attempt.sessionRef ?? "");
  await settleAttempt(desk.db, attempt.id);
  const capture = await captureOf(desk.db, (await pageOf(desk, token)).checkout.id);
  if (!capture) throw new Error("Not captured");
  return capture;
}

/** Dates payouts as so many days old, by Stripe's names: whoever asks Stripe again hears that they are of today. */
export async function agePayouts(db: Db, daysOld: Map<string, number>): Promise<void> {
  for (const [ref, days] of daysOld)
    await db.execute(
      sql`update payouts set arrives_on = current_date - ${days}::int where object_ref = ${ref}`,
    );
}

/** The same of a desk that is open already; payouts are not set up yet. */
export async function withClearing(desk: Desk, country: Country): Promise<PayoutDesk> {
  const { db, simulator, tenantId, caller, books } = desk;
  const { accounts } = await simulator.control<{ accounts: Account[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${tenantId}`,
  );
  const idOf = (...names: string[]) => accounts.find(({ name }) => names.includes(name))?.id ?? "";
  const [clearingAccountId, bankId] = [idOf("Card clearing"), idOf(...BANKS)];
  await setClearingAccount(db, caller, { connectionId: books.connectionId, accountId: clearingAccountId });
  const account = AT_STRIPE[country];
  const balance = (accountId: string) =>
    simulator.control<Balance>(
      "GET",
      `/control/xero/account-balance?tenantId=${tenantId}&accountId=${accountId}`,
    );
  const payoutDesk: PayoutDesk = {
    ...desk,
    ...{ clearingAccountId, bankId, accountRef: account },
    balanceOf: async (accountId) => (await balance(accountId)).balance,
    entriesOf: async (accountId) => (await balance(accountId)).entries,
    atStripe: (what, body = {}) =>
      simulator.control("POST", `/control/stripe/${what}`, {
        ...(ACCOUNTS.includes(what) ? { account } : {}),
        ...body,
      }),
    inXero: (what, body) => simulator.control("POST", `/control/xero/${what}`, { tenantId, ...body }),
    async ripe() {
      for (const advanceSeconds of [RIPE_SECONDS, -RIPE_SECONDS]) {
        await simulator.control("POST", "/control/clock", { advanceSeconds });
        // Looked at, it does what has come due.
        await simulator.control("GET", "/control/stripe/truth");
      }
    },
    async paidOut() {
      const made = await this.atStripe("payout");
      await this.atStripe("payout-answer", { payout: made.id });
      return made;
    },
    async moved(work) {
      const now = async () => [await this.balanceOf(bankId), await this.balanceOf(clearingAccountId)];
      const [bank = 0, clearing = 0] = await now();
      await work();
      const [bankAfter = 0, clearingAfter = 0] = await now();
      return { bank: bankAfter - bank, clearing: clearingAfter - clearing };
    },
    async clearing() {
      const { isRight, parts, balance: found } = await checkClearing(db, books.connectionId);
      const truth = await this.balanceOf(clearingAccountId);
      if (Number(found) !== truth) throw new Error(`Xero has ${truth} in clearing, the check says ${found}`);
      return { isRight, ...Object.fromEntries(parts.map(({ cause, sum }) => [cause, Number(sum)])) };
    },
    async heard() {
      await pollPayouts(db);
      await runToIdle(db);
    },
    async someContact() {
      const { contacts } = await simulator.control<{ contacts: { id: string }[] }>(
        "GET",
        `/control/xero/contacts?tenantId=${tenantId}&name=${CLIENTS[country]}`,
      );
      return contacts[0]?.id ?? "";
    },
    async setUp(change = {}) {
      await savePayoutSettings(db, caller, {
        ...{ connectionId: books.connectionId, bankAccountId: bankId, feeAccountCode: "404" },
        ...{
          feeTaxType: country === "au" ? "BASEXCLUDED" : "NONE",
          taxedFeeTaxType: null,
          feesPer: "payout",
          startsOn: "2020-01-01",
        },
        ...change,
      });
    },
  };
  return payoutDesk;
}
