/** What must be true after each run, whatever went wrong in it (reliability-security 5.2): simulator's journal against database. */
import { sql } from "drizzle-orm";
import { verifyTimeline } from "../lib/audit/verify.ts";
import { db } from "../lib/core/db.ts";
import { readChanges } from "../lib/mirror/sync/delta.ts";
import { listAllLate } from "../lib/overdue/read.ts";
import { breaksOfFirm } from "../lib/reconcile/read.ts";
import { reconcileFirm } from "../lib/reconcile/run.ts";
import { differences } from "../lib/testing/truth/mirror-truth.ts";
import { breaksOfPayouts } from "../lib/testing/truth/payout-truth.ts";
import { breaksOfRefunds } from "../lib/testing/truth/refund-truth.ts";
import {
  breaksAtStripe,
  breaksInXero,
  inventions,
  overpaid,
  standingInXero,
} from "../lib/testing/truth/truth.ts";
import { tokenCalls } from "../lib/testing/xero/at-xero.ts";
import { listXeroConnections } from "../lib/xero/consent/xero-connections.ts";
import { freshAccessToken } from "../lib/xero/tokens/refresh.ts";
import type { OrderSenders } from "./order-senders.ts";
import type { Payers } from "./payers.ts";
import type { Stage } from "./stage.ts";

/** What the run itself saw. */
export type Seen = {
  payers: Payers;
  orders: OrderSenders;
  /** Before the run; then how often tokens were made to expire, and the answer to a refresh was lost. */
  refreshesBefore: number;
  expiries: number;
  answersLost: number;
  /** Forged webhooks that were taken. */
  forgedTaken: number;
  /** How long after the last fault all was settled; null when it never was. */
  restedSeconds: number | null;
};

type Invariant = { id: string; says: string; check(stage: Stage, seen: Seen): Promise<string[]> };

const INVARIANTS: Invariant[] = [
  {
    id: "I1",
    says: "each captured payment is in Xero exactly once: organisation, document, invoices and amounts",
    check: async ({ simulator }) => [
      ...(await breaksInXero(db(), simulator)),
      ...(await misplaced(simulator)),
    ],
  },
  {
    id: "I2",
    says: "Xero holds nothing of ours that nobody paid",
    check: ({ simulator }) => inventions(db(), simulator),
  },
  {
    id: "I3",
    says: "per organisation, Xero's payments of ours add up to the captures",
    check: ({ simulator, desks }) => sums(simulator, desks),
  },
  { id: "I4", says: "no invoice is overpaid", check: ({ simulator }) => overpaid(simulator) },
  {
    id: "I5",
    says: "each payment at Stripe is one capture of the same money, with a hold and a posting",
    check: ({ simulator }) => breaksAtStripe(db(), simulator),
  },
  {
    id: "I6",
    says: "no payment gave back more than it took; each refund is one credit note, paid out once",
    check: ({ simulator }) => breaksOfRefunds(db(), simulator),
  },
  {
    id: "I7",
    says: "the timeline's chains are whole",
    check: async () =>
      (await verifyTimeline(db())).flatMap((one) =>
        one.state === "broken" ? [`${one.chain} at ${one.position}: ${one.why}`] : [],
      ),
  },
  { id: "I8", says: "no connection is lost, and Xero takes each one's token", check: connections },
  {
    id: "I9",
    says: "one refresh for each expiry, one more where a kill or a lost answer came between",
    check: async ({ simulator }, { refreshesBefore, expiries, answersLost }) => {
      const calls = ((await tokenCalls(simulator))["refresh_token ok"] ?? 0) - refreshesBefore;
      return calls <= 2 * expiries + answersLost
        ? []
        : [`${calls} refreshes for ${expiries} expiries and ${answersLost} lost answers`];
    },
  },
  {
    id: "I10",
    says: "no webhook is left waiting, none forged was taken; each kind read once more, the mirror is what Xero has",
    check: async ({ simulator, desks }, { forgedTaken }) => {
      const waiting = await all<{ what: string }>(
        sql`select id::text as what from webhook_inbox where processed_at is null union all select id::text from processor_events where processed_at is null`,
      );
      const mirrors = await Promise.all(
        desks.map(async ({ books, tenantId }) => {
          await readChanges(db(), books, { force: true });
          return differences(db(), simulator, { ...books, tenantId });
        }),
      );
      return [
        ...waiting.map(({ what }) => `The delivery ${what} waits for ever`),
        ...(forgedTaken > 0 ? [`${forgedTaken} forged webhooks were taken`] : []),
        ...mirrors.flat(),
      ];
    },
  },
  {
    id: "I11",
    says: "Xero never had to refuse a call of ours for its limits",
    check: async ({ simulator }) => {
      const calls = await journal<{ status: number; path: string }>(simulator, "xero.call");
      return calls.filter(({ status }) => status === 429).map(({ path }) => `429 for ${path}`);
    },
  },
  {
    id: "I12",
    says: "what Stripe paid out is at Xero's bank, each once; clearing holds what Stripe holds, and explains it",
    check: async ({ desks }) => (await Promise.all(desks.map(breaksOfPayouts))).flat(),
  },
  {
    id: "I13",
    says: "no payer saw a page of another firm",
    check: async (_, { payers }) => payers.leaks,
  },
  {
    id: "I14",
    says: "no log holds a key, a token or a secret",
    check: async ({ simulator, evidence }) => {
      const { logs, secrets } = evidence();
      const issued = await simulator.control<{ secrets: string[] }>("GET", "/control/identity/issued");
      return [...secrets, ...issued.secrets]
        .filter((secret) => secret !== "" && logs.includes(secret))
        .map((secret) => `The logs hold ${secret.slice(0, 6)}…`);
    },
  },
  {
    id: "I15",
    says: "all comes to rest by itself, or is on the to-do list",
    check: async (_, { restedSeconds }) => {
      const left = await unlisted();
      return restedSeconds === null && left.length === 0 ? await onListWithoutReason() : left;
    },
  },
  {
    id: "I16",
    says: 'nobody who was told "paid" is told otherwise later',
    check: (_, { payers }) => payers.toldOtherwise(),
  },
  {
    id: "I18",
    says: "each order that was taken is one invoice as it was sent last, one purchase order where it is tracked, of one contact, or none once it was cancelled; each refund one credit note; nothing else",
    check: (_, { orders }) => orders.breaks(),
  },
  {
    id: "I17",
    says: "the reconciler goes through all of it, mends nothing and has nothing to tell",
    check: async ({ desks }) => {
      const found: string[] = [];
      for (const { books } of desks) {
        const { payments, refunds, disputes, postings, silent } = await reconcileFirm(
          db(),
          books.firmId,
          "all",
        );
        const mended = Object.entries({ payments, refunds, disputes, postings }).filter(
          ([, count]) => count > 0,
        );
        found.push(...mended.map(([what, count]) => `It mended ${count} ${what}`), ...silent);
        for (const { kind, subject } of await breaksOfFirm(db(), books.firmId))
          found.push(`${kind} ${subject}`);
      }
      return found;
    },
  },
];

/** One line each; answers what is broken. */
export async function checkInvariants(stage: Stage, seen: Seen): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, says, check } of INVARIANTS) {
    const breaks = await check(stage, seen);
    console.log(`${breaks.length === 0 ? "held  " : "BROKEN"}  ${id.padEnd(4)} ${says}`);
    for (const what of breaks.slice(0, 20)) console.log(`          ${what}`);
    wrong.push(...breaks.map((what) => `${id}: ${what}`));
  }
  return wrong;
}

/** Entries of the simulator's journal, all of them. */
export async function journal<T>(simulator: Stage["simulator"], kind: string): Promise<T[]> {
  const found: T[] = [];
  for (let after = 0; ; ) {
    const { entries } = await simulator.control<{ entries: { seq: number; data: T }[] }>(
      "GET",
      `/control/journal?kind=${kind}&after=${after}&limit=5000`,
    );
    found.push(...entries.map(({ data }) => data));
    after = entries.at(-1)?.seq ?? after;
    if (entries.length < 5_000) return found;
  }
}

async function all<T extends Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<T[]> {
  return (await db().execute(query)).rows as T[];
}

/** What has not ended and is on no to-do list, not even once its time is over: every table of things that should end. */
export async function unlisted(): Promise<string[]> {
  const late = await listAllLate(db(), { anyAge: true });
  const listed = new Set(late.flatMap(({ rows }) => rows.map(({ id }) => id)));
  const left = await all<{ id: string; what: string }>(sql`
    select id::text, reference || ' is ' || state as what from postings where state in ('ready', 'sending', 'unknown')
    union all select attempt_id::text, 'The hold on ' || invoice_id || ' is left' from holds where state = 'open'
    union all select id::text, 'The attempt ' || id || ' is ' || state from attempts where state in ('creating', 'open', 'submitted')
    union all select id::text, 'The refund ' || id || ' is ' || state from refunds where state in ('asked', 'pending') or (state = 'succeeded' and told_at is null)
    union all select account_id || ' ' || object_ref, 'The event of ' || object_ref || ' waits' from processor_events where processed_at is null
    union all select app_id::text, 'A delivery of Xero waits' from webhook_inbox where processed_at is null`);
  return left.filter(({ id }) => !listed.has(id)).map(({ what }) => what);
}

/** A person who reads the list must learn why. */
async function onListWithoutReason(): Promise<string[]> {
  const late = await listAllLate(db(), { anyAge: true });
  return late.flatMap(({ kind, rows }) =>
    rows
      .filter(({ reason }) => !reason)
      .map(({ what }) => `${kind}: ${what} is on the list without a reason`),
  );
}

/** In another organisation than the one its firm paid for. */
async function misplaced(simulator: Stage["simulator"]): Promise<string[]> {
  const rows = await all<{ reference: string; tenant: string }>(
    sql`select p.reference, c.tenant_id as tenant from postings p join connections c on c.id = p.connection_id`,
  );
  const home = new Map(rows.map(({ reference, tenant }) => [reference, tenant]));
  const { payments } = await standingInXero(simulator);
  return payments
    .filter(({ reference, tenantId }) => home.has(reference) && home.get(reference) !== tenantId)
    .map(({ reference, tenantId }) => `${reference} is in ${tenantId}`);
}

/** By what was taken and is not lost to a dispute, not by what was posted. */
async function sums(simulator: Stage["simulator"], desks: Stage["desks"]): Promise<string[]> {
  const { payments } = await standingInXero(simulator);
  const taken = await all<{ tenant: string; minor: string }>(sql`
    select c.tenant_id as tenant, sum(a.amount_minor - coalesce(d.lost, 0))::text as minor from captures a
    join connections c on c.id = a.connection_id
    left join (select capture_id, sum(told_minor) as lost from disputes group by capture_id) d on d.capture_id = a.id
    where a.problem is null group by c.tenant_id`);
  const given = await all<{ reference: string }>(
    sql`select reference from postings where kind = 'credit_refund'`,
  );
  const back = new Set(given.map(({ reference }) => reference));
  return desks.flatMap(({ tenantId }) => {
    const inXero = payments
      .filter(
        (one) => one.tenantId === tenantId && one.reference.startsWith("CF-") && !back.has(one.reference),
      )
      .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    const here = BigInt(taken.find(({ tenant }) => tenant === tenantId)?.minor ?? 0);
    return inXero === here ? [] : [`${tenantId}: ${inXero} in Xero, ${here} captured`];
  });
}

async function connections({ desks }: Stage): Promise<string[]> {
  const rows = await all<{
    id: string;
    state: string;
    grant: string;
    grant_state: string;
    tenant: string;
  }>(sql`
    select c.id, c.state, c.grant_id as grant, g.state as grant_state, c.tenant_id as tenant
    from connections c join grants g on g.id = c.grant_id`);
  const lost = rows.filter(({ state, grant_state }) => state !== "healthy" || grant_state !== "active");
  const links = await Promise.all(
    [...new Set(rows.map(({ grant }) => grant))].map(async (grant) =>
      listXeroConnections(await freshAccessToken(db(), grant)),
    ),
  );
  const known = new Set(links.flat().map(({ tenantId }) => tenantId));
  return [
    ...lost.map(({ id, state, grant_state }) => `The connection ${id} is ${state}, its grant ${grant_state}`),
    ...desks
      .filter(({ tenantId }) => !known.has(tenantId))
      .map(({ tenantId }) => `${tenantId} is not linked`),
  ];
}
