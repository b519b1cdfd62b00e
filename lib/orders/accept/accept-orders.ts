import { eq, sql } from "drizzle-orm";
import { orderRevisions, orders } from "#db/schema/orders.ts";
import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { inTransaction } from "#lib/core/in-transaction.ts";
import { whatIf } from "#lib/core/what-if.ts";
import { noteSeen } from "#lib/mapping/note-seen.ts";
import { isSenders } from "../faults.ts";
import type { OrderBody } from "../order-body.ts";
import type { Books } from "../plan/plan.ts";
import { lockPersons, partiesOf, promiseDocuments } from "../promise/promise-documents.ts";
import { lockOrder, orderName } from "../store.ts";
import { inItsPlace } from "./in-its-place.ts";
import { type LookedAt, lookAtOrders } from "./look-at-orders.ts";
import { type InTheWay, makeWay, type Way } from "./make-way.ts";
import { contentHash } from "./read-order.ts";

/** Who sends: a key's system, or staff by hand, for one firm and organisation. */
export type Sender = {
  firmId: string;
  connectionId: string;
  apiKeyId: string | null;
  actor: `user:${string}` | "worker";
};

export type Options = {
  /** all: none is taken while one of them can't be. */
  mode: "each" | "all";
  /** Whether an order that staff can mend is taken and waits for them, or is refused with its faults. */
  onFault: "hold" | "refuse";
};

export type Accepted =
  /** Kept: written as soon as may be, or held for its faults. */
  | { kind: "taken"; outcome: "new" | "same" | "revised"; orderId: string }
  | InTheWay
  /** Another one of the batch keeps all from being taken. */
  | { kind: "not-taken" };

/**
 * Takes orders that another system sends, any number of times: the same one is one order for ever. Each that has no fault is
 * promised to Xero in the transaction that keeps it. Answers in their order.
 */
export async function acceptOrders(
  db: Db,
  sender: Sender,
  sent: unknown[],
  options: Options,
): Promise<Accepted[]> {
  const { orders: looked, books } = await lookAtOrders(db, sender, sent);
  const mayTake = (one: LookedAt) => isFit(one, options);
  if (options.mode === "all" && !looked.every(mayTake)) {
    return looked.map((one) =>
      mayTake(one) ? { kind: "not-taken" } : { kind: "refused", faults: one.faults },
    );
  }
  try {
    return await inTransaction(db, async (tx) => {
      const answers = new Map<LookedAt, Accepted>();
      await lockPersons(
        tx,
        sender,
        looked.flatMap(({ plan, isSame }) => (plan && !isSame ? partiesOf(plan) : [])),
      );
      // Always in one order: two batches with the same orders wait for each other, never both.
      for (const one of looked.toSorted(byName)) {
        const answer = mayTake(one)
          ? await take(tx, sender, one, books)
          : ({ kind: "refused", faults: one.faults } as const);
        answers.set(one, answer);
      }
      const all = looked.map((one) => answers.get(one) ?? ({ kind: "not-taken" } as const));
      if (options.mode === "all" && all.some(({ kind }) => kind !== "taken")) throw new NotAll(all);
      await noteSeen(
        tx,
        sender,
        unseen(
          looked.filter((one) => answers.get(one)?.kind === "taken"),
          books,
        ),
      );
      return all;
    });
  } catch (error) {
    if (!(error instanceof NotAll)) throw error;
    return error.answers.map((one) => (one.kind === "taken" ? { kind: "not-taken" } : one));
  }
}

/**
 * What acceptOrders would do at this moment with an order that was looked at: a dry run answers with this. Nothing is changed and
 * Xero is not asked.
 */
export async function foreseeOrder(
  db: Db,
  connectionId: string,
  { one, books, onFault }: { one: LookedAt; books: Books; onFault: Options["onFault"] },
): Promise<Way> {
  const { body, kept, isSame, faults, plan } = one;
  if (!isFit(one, { onFault })) return { kind: "refused", faults };
  if (!body || !kept) return { kind: "free", plan };
  if (isSame) return { kind: "free", plan: plan && (await inItsPlace(db, kept, plan)) };
  return whatIf(db, async (tx) => makeWay(tx, await lockOrder(tx, connectionId, body), { body, one, books }));
}

function isFit({ body, faults, isSame }: LookedAt, { onFault }: Pick<Options, "onFault">): boolean {
  return isSame || (body !== null && !(onFault === "refuse" ? faults.length > 0 : faults.some(isSenders)));
}

/** Undoes a batch of which all or none is to be taken. */
class NotAll extends Error {
  readonly answers: Accepted[];
  constructor(answers: Accepted[]) {
    super("Not all of the batch can be taken");
    this.answers = answers;
  }
}

function byName(a: LookedAt, b: LookedAt): number {
  const [one, other] = [a, b].map(({ body }) => (body ? orderName(body) : ""));
  return (one ?? "") < (other ?? "") ? -1 : 1;
}

async function take(tx: Db, sender: Sender, one: LookedAt, books: Books): Promise<Accepted> {
  const { body, kept, isSame } = one;
  if (isSame && kept) return { kind: "taken", outcome: "same", orderId: kept.id };
  if (!body) throw new Error("An order that can't be read can't be taken");
  const { firmId, connectionId } = sender;
  const { source, number, revision = 0 } = body;
  const facts = factsOf(one, body, books);
  const [made] = await tx
    .insert(orders)
    .values({ firmId, connectionId, source, number, revision, ...facts })
    .onConflictDoNothing()
    .returning({ orderId: orders.id, receivedAt: orders.receivedAt });
  if (made) {
    await settle(tx, sender, { ...made, body, one });
    return { kind: "taken", outcome: "new", orderId: made.orderId };
  }
  const before = await lockOrder(tx, connectionId, body);
  const { id: orderId, receivedAt } = before;
  if (before.contentHash === contentHash(body)) return { kind: "taken", outcome: "same", orderId };
  const way = await makeWay(tx, before, { body, one, books });
  if (way.kind !== "free") return way;
  await tx
    .update(orders)
    .set({ revision, ...facts, changedAt: sql`now()` })
    .where(eq(orders.id, orderId));
  await settle(tx, sender, { orderId, receivedAt, body, one: { ...one, plan: way.plan } });
  return { kind: "taken", outcome: "revised", orderId };
}

/** What the list of orders shows; of one that is held, as far as it can be told. */
function factsOf({ plan, faults }: LookedAt, body: OrderBody, { today }: Books) {
  return {
    date: plan?.invoice.date ?? body.date ?? today,
    currency: body.currency,
    totalMinor: plan?.invoice.totals.totalMinor ?? 0n,
    buyer: plan?.buyer.name ?? buyerInWords(body.buyer),
    faults: faults.length > 0 ? faults : null,
  };
}

function buyerInWords({ person, cash, externalId, contactId }: OrderBody["buyer"]): string {
  return person?.name ?? (cash ? "Cash customer" : (externalId ?? contactId ?? ""));
}

type ToSettle = { orderId: string; receivedAt: Date; body: OrderBody; one: LookedAt };

/** Keeps what was sent, promises its documents unless it is held, and says so on the timeline. */
async function settle(
  tx: Db,
  sender: Sender,
  { orderId, receivedAt, body, one: { plan, faults } }: ToSettle,
): Promise<void> {
  const { firmId, connectionId, apiKeyId, actor } = sender;
  const { source, number, revision = 0, reference: shownAs = null } = body;
  await tx
    .insert(orderRevisions)
    .values({ orderId, firmId, apiKeyId, revision, contentHash: contentHash(body), content: body });
  if (plan) {
    const order = { id: orderId, firmId, connectionId, source, number, revision, shownAs, receivedAt };
    await promiseDocuments(tx, order, plan);
  }
  await record(tx, {
    ...{ firmId, actor, subject: `order:${orderId}`, action: plan ? "order.accepted" : "order.held" },
    detail: {
      source,
      number,
      revision,
      ...(plan ? {} : { faults: faults.map(({ code }) => code).join(" ") }),
    },
  });
}

/** Kinds and tenders that these orders name and nobody has seen before. */
function unseen(looked: LookedAt[], { mapping }: Books): { kinds: string[]; tenders: string[] } {
  const kinds = looked.flatMap(({ body }) => body?.lines.map(({ kind }) => kind) ?? []);
  const tenders = looked.flatMap(({ body }) => body?.payments?.map(({ tender }) => tender) ?? []);
  return {
    kinds: kinds.filter((name) => !mapping.kinds.has(name)),
    tenders: tenders.filter((name) => !mapping.tenders.has(name)),
  };
}
