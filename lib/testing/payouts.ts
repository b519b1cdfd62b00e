/** Test only: a desk whose clearing account is a bank account, with payouts set up; what Stripe pays out of it. */
import type { Db } from "#lib/core/db.ts";
import { pollPayouts } from "#lib/payouts/learn.ts";
import { savePayoutSettings } from "#lib/payouts/set-up.ts";
import { setClearingAccount } from "#lib/xero/clearing.ts";
import { type Desk, openDesk } from "./desk.ts";
import type { Simulator } from "./simulator-process.ts";
import { runToIdle } from "./truth.ts";

type Account = { id: string; code?: string; name: string };
type Balance = { balance: number; entries: { id: string; kind: string; amount: number; type: string }[] };

const AT_STRIPE = { au: "acct_1SimDemoAccountants", uk: "acct_1SimHarbourBooks" };

export type PayoutDesk = Desk & {
  bankId: string;
  /** In minor units, by Xero's own books. */
  balanceOf(accountId: string): Promise<number>;
  entriesOf(accountId: string): Promise<Balance["entries"]>;
  /** A lever of Stripe's account. */
  atStripe<T = { id: string; amount: number }>(what: string, body?: object): Promise<T>;
  /** What a person does in Xero. */
  inXero(what: string, body: object): Promise<unknown>;
  days(count: number): Promise<void>;
  /** All that is available goes to the bank and arrives; its id and amount. */
  paidOut(): Promise<{ id: string; amount: number }>;
  /** The worker learns of payouts and writes all it must. */
  heard(): Promise<void>;
  setUp(change?: { feesPer?: "payout" | "payment"; startsOn?: string }): Promise<void>;
};

/** Payouts of any day are written, fees in one line a payout, to 404 without tax. */
export async function openPayoutDesk(
  db: Db,
  simulator: Simulator,
  choice: { country?: "au" | "uk"; setUp?: boolean } = {},
): Promise<PayoutDesk> {
  const { country = "au", setUp = true } = choice;
  const desk = await openDesk(db, simulator, { country });
  const { tenantId, caller, books } = desk;
  const { accounts } = await simulator.control<{ accounts: Account[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${tenantId}`,
  );
  const idOf = (name: string) => accounts.find((account) => account.name === name)?.id ?? "";
  const [clearingAccountId, bankId] = [idOf("Card clearing"), idOf("Business Bank Account")];
  await setClearingAccount(db, caller, { connectionId: books.connectionId, accountId: clearingAccountId });
  const account = AT_STRIPE[country];
  const balance = (accountId: string) =>
    simulator.control<Balance>(
      "GET",
      `/control/xero/account-balance?tenantId=${tenantId}&accountId=${accountId}`,
    );
  const payoutDesk: PayoutDesk = {
    ...desk,
    ...{ clearingAccountId, bankId },
    balanceOf: async (accountId) => (await balance(accountId)).balance,
    entriesOf: async (accountId) => (await balance(accountId)).entries,
    atStripe: (what, body = {}) => simulator.control("POST", `/control/stripe/${what}`, { account, ...body }),
    inXero: (what, body) => simulator.control("POST", `/control/xero/${what}`, { tenantId, ...body }),
    async days(count) {
      await simulator.control("POST", "/control/clock", { advanceSeconds: count * 86_400 });
    },
    async paidOut() {
      const made = await this.atStripe("payout");
      await simulator.control("POST", "/control/stripe/payout-answer", { payout: made.id, answer: "paid" });
      return made;
    },
    async heard() {
      await pollPayouts(db);
      await runToIdle(db);
    },
    async setUp(change = {}) {
      await savePayoutSettings(db, caller, {
        ...{ connectionId: books.connectionId, bankAccountId: bankId, feeAccountCode: "404" },
        ...{
          feeTaxType: country === "au" ? "BASEXCLUDED" : "NONE",
          feesPer: "payout",
          startsOn: "2020-01-01",
        },
        ...change,
      });
    },
  };
  if (setUp) await payoutDesk.setUp();
  return payoutDesk;
}
