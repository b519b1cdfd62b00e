import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";

type Merchant = {
  name: string;
  country: "AU" | "GB" | "US";
  currency: string;
  email: string;
};

/** One mode of a merchant's account: test and live mode share its settings and not one object. */
export type Account = Merchant & {
  /** Whose objects they are in this database: that of live mode ends in ":live". */
  id: string;
  /** The id that Stripe shows: the same in both modes. */
  shownId: string;
  livemode: boolean;
};

const MERCHANTS: Record<string, Merchant> = {
  acct_1SimDemoAccountants: {
    name: "Demo Accountants",
    country: "AU",
    currency: "aud",
    email: "dana@demo-accountants.example",
  },
  acct_1SimHarbourBooks: {
    name: "Harbour Books",
    country: "GB",
    currency: "gbp",
    email: "harriet@harbour-books.example",
  },
  acct_1SimLakeviewTax: {
    name: "Lakeview Tax",
    country: "US",
    currency: "usd",
    email: "lee@lakeview-tax.example",
  },
};

const ofMode = (livemode: boolean): Account[] =>
  Object.entries(MERCHANTS).map(([shownId, merchant]) => ({
    ...merchant,
    id: livemode ? `${shownId}:live` : shownId,
    shownId,
    livemode,
  }));

/** Fixed by the seed. */
export const ACCOUNTS: Account[] = [...ofMode(false), ...ofMode(true)];

export const SHOWN_IDS = Object.keys(MERCHANTS);

export type KeyKind = "secret" | "publishable" | "restricted" | "expired";

/** The restricted key may read and not write; the expired one is there to be refused. */
export const KEYS: { key: string; account: string; kind: KeyKind }[] = [
  { key: "sk_test_demo_accountants", account: "acct_1SimDemoAccountants", kind: "secret" },
  { key: "pk_test_demo_accountants", account: "acct_1SimDemoAccountants", kind: "publishable" },
  { key: "rk_test_demo_accountants_read", account: "acct_1SimDemoAccountants", kind: "restricted" },
  { key: "sk_test_demo_accountants_old", account: "acct_1SimDemoAccountants", kind: "expired" },
  { key: "sk_test_demo_accountants_new", account: "acct_1SimDemoAccountants", kind: "secret" },
  { key: "sk_test_harbour_books", account: "acct_1SimHarbourBooks", kind: "secret" },
  { key: "pk_test_harbour_books", account: "acct_1SimHarbourBooks", kind: "publishable" },
  { key: "sk_test_lakeview_tax", account: "acct_1SimLakeviewTax", kind: "secret" },
  { key: "sk_live_demo_accountants", account: "acct_1SimDemoAccountants:live", kind: "secret" },
  { key: "sk_live_harbour_books", account: "acct_1SimHarbourBooks:live", kind: "secret" },
  { key: "sk_live_lakeview_tax", account: "acct_1SimLakeviewTax:live", kind: "secret" },
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

/** What a person does in Stripe's dashboard: a key that is rolled or revoked is expired from then on. False for one nobody has. */
export function expireKey(world: World, key: string, expired: boolean): boolean {
  const kind = expired ? "expired" : (KEYS.find((one) => one.key === key)?.kind ?? "secret");
  return statement(world.db, "update stripe_keys set kind = ? where key = ?").run(kind, key).changes > 0;
}
