import type { Db } from "#lib/core/db.ts";
import { payConnection, payConnections } from "#lib/xero/organisations/pay-connections.ts";
import { payAccount } from "./read.ts";
import { getAccount } from "./store.ts";

type Books = { isDemo: boolean };

/** Money that is none, in books that are real. A demo company of Xero's is made for trying out. */
export function isTestInBooks({ livemode }: { livemode: boolean }, { isDemo }: Books): boolean {
  return !livemode && !isDemo;
}

/**
 * Whether payments for these books may be taken by an account: the processor lets it take them, and test payments in real books
 * only if an owner has decided so.
 */
export function mayTakeFor(
  account: { livemode: boolean; chargesEnabled: boolean; testAllowed: boolean },
  books: Books,
): boolean {
  return account.chargesEnabled && (account.testAllowed || !isTestInBooks(account, books));
}

/** Whether what an account took, for an organisation, is test money in real books: Xero's reference then says so. */
export async function isTestMoney(
  db: Db,
  { connectionId, processorAccountId }: { connectionId: string; processorAccountId: string },
): Promise<boolean> {
  const account = await getAccount(db, processorAccountId);
  const books = await payConnection(db, connectionId);
  return account !== undefined && books !== undefined && isTestInBooks(account, books);
}

export type TestMode = {
  /** An owner has decided that test payments are taken for them. */
  isAllowed: boolean;
  /** The firm's organisations that are no demo companies, by name. */
  organisations: string[];
};

/** While a firm's key is a test key and some of its organisations are no demo companies; else null. */
export async function testModeOf(db: Db, firmId: string): Promise<TestMode | null> {
  const account = await payAccount(db, firmId);
  if (!account || account.livemode) return null;
  const real = (await payConnections(db, firmId)).filter((books) => isTestInBooks(account, books));
  if (real.length === 0) return null;
  return {
    isAllowed: account.testAllowed,
    organisations: real.map(({ organisationName }) => organisationName),
  };
}
