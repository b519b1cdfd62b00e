import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";

/** A merchant. Fixed by the seed; nothing changes them. */
export type Account = {
  id: string;
  name: string;
  country: "AU" | "GB" | "US";
  currency: string;
  email: string;
};

export const ACCOUNTS: Account[] = [
  {
    id: "acct_1SimDemoAccountants",
    name: "Demo Accountants",
    country: "AU",
    currency: "aud",
    email: "dana@demo-accountants.example",
  },
  {
    id: "acct_1SimHarbourBooks",
    name: "Harbour Books",
    country: "GB",
    currency: "gbp",
    email: "harriet@harbour-books.example",
  },
  {
    id: "acct_1SimLakeviewTax",
    name: "Lakeview Tax",
    country: "US",
    currency: "usd",
    email: "lee@lakeview-tax.example",
  },
];

export type KeyKind = "secret" | "publishable" | "restricted" | "expired";

/** The restricted key may read and not write; the expired one is there to be refused. */
export const KEYS: { key: string; account: string; kind: KeyKind }[] = [
  { key: "sk_test_demo_accountants", account: "acct_1SimDemoAccountants", kind: "secret" },
  { key: "pk_test_demo_accountants", account: "acct_1SimDemoAccountants", kind: "publishable" },
  { key: "rk_test_demo_accountants_read", account: "acct_1SimDemoAccountants", kind: "restricted" },
  { key: "sk_test_demo_accountants_old", account: "acct_1SimDemoAccountants", kind: "expired" },
  { key: "sk_test_harbour_books", account: "acct_1SimHarbourBooks", kind: "secret" },
  { key: "pk_test_harbour_books", account: "acct_1SimHarbourBooks", kind: "publishable" },
  { key: "sk_test_lakeview_tax", account: "acct_1SimLakeviewTax", kind: "secret" },
];

export function getAccount(id: string): Account {
  const account = ACCOUNTS.find((candidate) => candidate.id === id);
  if (!account) throw new Error(`No Stripe account ${id}`);
  return account;
}

export function findKey(world: World, key: string): { account: Account; kind: KeyKind } | undefined {
  const row = statement(world.db, "select account, kind from stripe_keys where key = ?").get(key);
  return row && { account: getAccount(String(row.account)), kind: row.kind as KeyKind };
}
