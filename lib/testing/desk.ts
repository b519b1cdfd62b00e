/** Test only: a firm that can take money, and payers who pay it: its owner's settings and Xero's consent, all through the real verbs. */
import { randomBytes } from "node:crypto";
import { type Committed, commitCheckout } from "#lib/checkout/commit.ts";
import { linkFromSearch } from "#lib/checkout/links/link-rules.ts";
import { openLink } from "#lib/checkout/links/open-link.ts";
import { type CheckoutPage, readCheckout } from "#lib/checkout/read.ts";
import { startCheckout } from "#lib/checkout/start-checkout.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { log } from "#lib/core/log.ts";
import { type FirmCaller, requireFirm } from "#lib/firms/authorise.ts";
import { addFirm } from "#lib/firms/create.ts";
import { toQuery } from "#lib/firms/pay-link.ts";
import { currentTerms } from "#lib/firms/read.ts";
import { savePrivacy } from "#lib/firms/save-settings.ts";
import type { Books } from "#lib/mirror/books.ts";
import { backfillOrganisation } from "#lib/mirror/sync/backfill.ts";
import { liveAttemptOf } from "#lib/payments/attempts/checkout-attempts.ts";
import { allowTestPayments } from "#lib/processor/allow-test.ts";
import { currentAccountId } from "#lib/processor/read.ts";
import { saveAccount } from "#lib/processor/save-account.ts";
import { connectFirm, tenants, withDemoApp, XERO_USER } from "#lib/testing/xero/at-xero.ts";
import { listClearingChoices, setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { payConnections } from "#lib/xero/organisations/pay-connections.ts";
import type { Simulator } from "./simulator-process.ts";
import { makeActor, makeCompany } from "./staff.ts";

/** A firm in a pay page's address. */
export type Place = { companySlug: string; firmSlug: string };

/** What a payer sees of a desk. */
export type PayDesk = { db: Db; place: Place };

export type Desk = PayDesk & {
  simulator: Simulator;
  caller: FirmCaller;
  books: Books;
  tenantId: string;
  clearingAccountId: string;
  processorAccountId: string;
};

/** `beside`: another firm of that desk's company. */
type Choice = { country?: Country; tenantId?: string; backfill?: boolean; beside?: Desk };
type Country = keyof typeof STRIPE_KEYS;

export const STRIPE_KEYS = {
  au: "sk_test_demo_accountants",
  uk: "sk_test_harbour_books",
  us: "sk_test_lakeview_tax",
};

/** A firm with an open privacy, connected, with a clearing account and Stripe; its books are mirrored. Limits of Xero's simulator are lifted. */
export async function openDesk(db: Db, simulator: Simulator, choice: Choice = {}): Promise<Desk> {
  const { country = "au", backfill = true, beside } = choice;
  log.level = "silent";
  await simulator.control("POST", "/control/xero/settings", {
    limits: { minute: 1_000_000, day: 1_000_000, appMinute: 1_000_000 },
  });
  const { caller, place } = beside ? await firmBeside(db, beside) : await firmAlone(db);
  const { firm } = caller;
  await savePrivacy(db, caller, { privacy: "open", understood: true });

  const tenantId = choice.tenantId ?? (await tenants(simulator))[country];
  const outcome = await connectFirm(db, caller, { user: XERO_USER.ada, tenantId });
  if (outcome.kind !== "connected") throw new Error(`Not connected: ${JSON.stringify(outcome)}`);
  const [connection] = await payConnections(db, firm.firmId);
  const connectionId = connection?.connectionId ?? "";
  const choices = await listClearingChoices(db, firm, connectionId);
  const clearingAccountId =
    choices.find(({ name }) => name === "Stripe clearing")?.accountId ?? choices[0]?.accountId ?? "";
  await setClearingAccount(db, caller, { connectionId, accountId: clearingAccountId });
  await saveAccount(db, caller, { secretKey: STRIPE_KEYS[country] });
  // The simulator's organisations are no demo companies of Xero's.
  await allowTestPayments(db, caller, { allowed: true });
  const books = { firmId: firm.firmId, connectionId };
  if (backfill) await backfillOrganisation(db, books);
  return {
    db,
    simulator,
    caller,
    place,
    books,
    tenantId,
    clearingAccountId,
    processorAccountId: (await currentAccountId(db, firm.firmId)) ?? "",
  };
}

async function firmAlone(db: Db): Promise<Pick<Desk, "caller" | "place">> {
  const slug = `c${randomBytes(4).toString("hex")}`;
  const { companyId, firmIds } = await makeCompany(db, slug, ["demo"]);
  const actor = await makeActor(db, `Owner ${slug}`, [{ companyId, role: "owner" }]);
  const firm = await requireFirm(db, actor, firmIds.demo ?? "", "settings");
  const caller = await withDemoApp(db, { actor, firm, ip: null });
  return { caller, place: { companySlug: slug, firmSlug: "demo" } };
}

async function firmBeside(db: Db, { caller, place }: Desk): Promise<Pick<Desk, "caller" | "place">> {
  const { actor, firm } = caller;
  const slug = `f${randomBytes(4).toString("hex")}`;
  const firmId = await addFirm(db, { companyId: firm.companyId, slug, name: slug, by: null });
  return {
    caller: { actor, firm: await requireFirm(db, actor, firmId, "settings"), ip: null },
    place: { ...place, firmSlug: slug },
  };
}

/** What the pay link of this invoice opens. `own`: tokens of checkouts that this browser began. */
export function openAt(
  { db, place }: PayDesk,
  { number, amount }: { number: string; amount: string },
  own: string[] = [],
) {
  return openLink(db, question(place, { number, amount }, own));
}

function question(place: Place, link: { number: string; amount: string }, own: string[]) {
  return {
    ...place,
    link: linkFromSearch(toQuery(link)),
    access: [],
    caller: null,
    ownTokenHashes: own.map(hashOf),
  };
}

/** Opens a link, ticks what `also` names beside the asked invoice, and presses Continue: the checkout's token. */
export async function begin(
  desk: PayDesk,
  link: { number: string; amount: string },
  { also = [], own = [] }: { also?: string[]; own?: string[] } = {},
): Promise<string> {
  const opened = await openAt(desk, link, own);
  if (opened.kind !== "open") throw new Error(`The link ${link.number} did not open: ${opened.kind}`);
  const ticked = opened.lines
    .filter((line) => line.number === link.number || also.includes(line.number))
    .map((line) => line.invoiceId);
  const started = await startCheckout(desk.db, question(desk.place, link, own), {
    ticked,
    backPath: "/pay",
    ip: null,
  });
  if (started.kind !== "started") throw new Error(`The checkout did not start: ${started.kind}`);
  return started.token;
}

export async function pageOf(
  { db, place }: PayDesk,
  token: string,
  own: string[] = [],
): Promise<CheckoutPage> {
  const page = await readCheckout(db, { ...place, token, ownTokenHashes: [token, ...own].map(hashOf) });
  if (!page) throw new Error("There is no such checkout");
  return page;
}

/** Accepts the terms and presses Pay. */
export async function commit(
  desk: PayDesk,
  token: string,
  {
    own = [],
    email = "payer@client.example",
    page,
  }: { own?: string[]; email?: string; page?: CheckoutPage } = {},
): Promise<Committed> {
  const shown = page ?? (await pageOf(desk, token, own));
  const terms = await currentTerms(desk.db, shown.firm.firmId);
  return commitCheckout(desk.db, shown, {
    details: { name: "Pat Payer", email, terms: "accepted", version: terms.id },
    ip: null,
    userAgent: null,
    ownTokenHashes: [token, ...own].map(hashOf),
    address: `/pay/${desk.place.companySlug}/${desk.place.firmSlug}/checkout/${token}`,
  });
}

/** The attempt of a checkout that is under way. */
export async function attemptOf(desk: PayDesk, token: string) {
  const attempt = await liveAttemptOf(desk.db, (await pageOf(desk, token)).checkout.id);
  if (!attempt) throw new Error("No attempt is under way");
  return attempt;
}

/** Types a card on Stripe's page; the outcome in Stripe's words. */
export async function payAtStripe({ simulator }: Desk, session: string, card?: string): Promise<string> {
  const paid = await simulator.control<{ kind: string }>("POST", "/control/stripe/complete", {
    session,
    ...(card ? { card } : {}),
  });
  return paid.kind;
}

/** The session's id out of the address a payer was sent to. */
export function sessionIn(url: string): string {
  const id = /cs_[A-Za-z0-9_]+/.exec(url)?.[0];
  if (!id) throw new Error(`No session in ${url}`);
  return id;
}
