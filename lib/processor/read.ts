import { and, desc, eq, isNotNull, isNull, type SQLWrapper, sql } from "drizzle-orm";
import { processorAccounts } from "#db/schema/processor.ts";
import type { Db } from "#lib/core/db.ts";
import { prepared } from "#lib/core/prepared.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { listPeople } from "#lib/people/read.ts";
import { webhookUrl } from "./save-account.ts";
import { isShared } from "./shared.ts";
import { currentAccount } from "./store.ts";
import { eventsState } from "./webhooks/events-state.ts";

/** For a statement of the room above: what `payAccount` reads. */
export function selectPayAccount(db: Db, firmId: SQLWrapper) {
  return db
    .select({
      id: processorAccounts.id,
      livemode: processorAccounts.livemode,
      chargesEnabled: processorAccounts.chargesEnabled,
      testAllowed: sql<boolean>`${processorAccounts.testAllowedAt} is not null`.as("test_allowed"),
    })
    .from(processorAccounts)
    .where(and(eq(processorAccounts.firmId, firmId), isNull(processorAccounts.endedAt)));
}

const currentOfFirm = prepared("processor-of-firm", (db) => selectPayAccount(db, sql.placeholder("firmId")));

export type PayAccount = { id: string; livemode: boolean; chargesEnabled: boolean; testAllowed: boolean };

/** The account that takes a firm's new payments; without one it can take none. For which books: `mayTakeFor`. */
export async function payAccount(db: Db, firmId: string): Promise<PayAccount | undefined> {
  const [row] = await currentOfFirm(db, { firmId });
  return row;
}

/** The same by its id alone. */
export async function currentAccountId(db: Db, firmId: string): Promise<string | undefined> {
  return (await payAccount(db, firmId))?.id;
}

/** All accounts that a firm's money came by, also ended ones. */
export async function accountIdsOf(db: Db, firmId: string): Promise<string[]> {
  const rows = await db
    .select({ id: processorAccounts.id })
    .from(processorAccounts)
    .where(eq(processorAccounts.firmId, firmId))
    .orderBy(processorAccounts.setAt);
  return rows.map(({ id }) => id);
}

/** Firms that have ever had a processor account. */
export async function firmsWithProcessor(db: Db): Promise<string[]> {
  const rows = await db.selectDistinct({ firmId: processorAccounts.firmId }).from(processorAccounts);
  return rows.map(({ firmId }) => firmId);
}

/** The account by which money came, also one whose keys have been replaced since: which it is, never a key. */
export async function accountOf(
  db: Db,
  firmId: string,
  id: string,
): Promise<{ displayName: string; accountRef: string; livemode: boolean } | undefined> {
  const [row] = await db
    .select({
      displayName: processorAccounts.displayName,
      accountRef: processorAccounts.accountRef,
      livemode: processorAccounts.livemode,
    })
    .from(processorAccounts)
    .where(and(eq(processorAccounts.firmId, firmId), eq(processorAccounts.id, id)));
  return row;
}

/** Whose account it is. */
export async function firmOfAccount(db: Db, id: string): Promise<string> {
  const [row] = await db
    .select({ firmId: processorAccounts.firmId })
    .from(processorAccounts)
    .where(eq(processorAccounts.id, id));
  if (!row) throw new Error(`There is no processor account ${id}`);
  return row.firmId;
}

/** Accounts that took a firm's payments before, the latest first: never a key. Throws `forbidden` to all but owners. */
export async function readFormerAccounts(db: Db, firm: FirmContext) {
  requireAbility(firm, "settings");
  return db
    .select({
      accountId: processorAccounts.id,
      displayName: processorAccounts.displayName,
      accountRef: processorAccounts.accountRef,
      livemode: processorAccounts.livemode,
      keyHint: processorAccounts.keyHint,
      setAt: processorAccounts.setAt,
    })
    .from(processorAccounts)
    .where(and(eq(processorAccounts.firmId, firm.firmId), isNotNull(processorAccounts.endedAt)))
    .orderBy(desc(processorAccounts.endedAt));
}

/** What the settings page may know of the current account: never a key. Throws `forbidden` to all but owners. */
export async function readProcessor(db: Db, firm: FirmContext) {
  requireAbility(firm, "settings");
  const account = await currentAccount(db, firm.firmId);
  if (!account) return null;
  const [setBy] = account.setBy ? await listPeople(db, [account.setBy]) : [];
  return {
    displayName: account.displayName,
    accountRef: account.accountRef,
    livemode: account.livemode,
    testAllowed: account.testAllowedAt !== null,
    isShared: await isShared(db, account.id),
    takesDebits: account.takesDebits,
    keyHint: account.keyHint,
    setAt: account.setAt,
    setByName: setBy?.name ?? null,
    webhookUrl: webhookUrl(account.id),
    /** Whether Stripe took our address itself; else its signing secret is pasted. */
    isRegistered: account.webhookEndpointRef !== null,
    events: eventsState(account),
    webhookSeenAt: account.webhookSeenAt,
  };
}
