import { and, desc, eq, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { buyerWords, orderAttachments, orderDocuments, orderRevisions, orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { type DocumentState, documentStates, type WentWith, wentWith } from "#lib/posting/read-documents.ts";
import type { OrderFault } from "./faults.ts";
import type { OrderBody } from "./order-body.ts";
import { inState, type OrderState, stateOf } from "./order-state.ts";
import { CURRENT } from "./store.ts";

export type OrderDocument = DocumentState & {
  documentId: string;
  documentKind: (typeof orderDocuments.$inferSelect)["kind"];
  /** When its voiding or deletion was promised to Xero. */
  takenBackAt: Date | null;
  /** Of an invoice that Xero e-mails to its contact. */
  email: WentWith | null;
};

/** A file that came with an order. */
export type OrderFile = {
  id: string;
  fileName: string;
  bytes: number;
  /** On its way to the invoice that the order has now, or there; null while there is none. */
  went: WentWith | null;
};

/** An order as its sender and staff read it. */
export type OrderView = Pick<
  typeof orders.$inferSelect,
  | "id"
  | "firmId"
  | "connectionId"
  | "source"
  | "number"
  | "revision"
  | "date"
  | "currency"
  | "totalMinor"
  | "buyer"
  | "receivedAt"
  | "changedAt"
  | "cancelledAt"
> & {
  state: OrderState;
  /** Of one that is held. */
  faults: OrderFault[];
  documents: OrderDocument[];
  attachments: OrderFile[];
};

/** Which orders; the newest come first. */
export type OrderFilter = {
  connectionId?: string | undefined;
  source?: string | undefined;
  number?: string | undefined;
  state?: OrderState | undefined;
  /** Held for this: the fault, and what must be mended. */
  heldFor?: { code: string; subject: string | null } | undefined;
  /** What the number begins with, or words that words of the buyer's name begin with. */
  search?: string | undefined;
  /** The last one of the page before. */
  after?: Position | undefined;
  limit: number;
};

export type Position = { receivedAt: Date; id: string };

/** A firm's orders, those received last first. Whoever asks has been authorised. */
export async function listOrders(
  db: Db,
  firmId: string,
  { limit, after, ...filter }: OrderFilter,
): Promise<OrderView[]> {
  const rows = await db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.firmId, firmId),
        filter.connectionId === undefined ? undefined : eq(orders.connectionId, filter.connectionId),
        filter.source === undefined ? undefined : eq(orders.source, filter.source),
        filter.number === undefined ? undefined : eq(orders.number, filter.number),
        filter.state && inState(firmId, filter.state),
        filter.heldFor && isHeldFor(filter.heldFor),
        filter.search === undefined ? undefined : found(filter.search),
        after &&
          and(
            // The index begins here: of the rest it knows nothing.
            lte(orders.receivedAt, after.receivedAt),
            or(
              lt(orders.receivedAt, after.receivedAt),
              and(eq(orders.receivedAt, after.receivedAt), sql`${orders.id} > ${after.id}`),
            ),
          ),
      ),
    )
    .orderBy(desc(orders.receivedAt), orders.id)
    .limit(limit);
  return withDocuments(db, rows);
}

/** One of a firm's orders; `connectionId`: of this organisation alone. */
export async function findOrder(
  db: Db,
  { firmId, connectionId }: { firmId: string; connectionId?: string },
  orderId: string,
): Promise<OrderView | undefined> {
  const rows = await db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.id, orderId),
        eq(orders.firmId, firmId),
        connectionId === undefined ? undefined : eq(orders.connectionId, connectionId),
      ),
    );
  return (await withDocuments(db, rows))[0];
}

/** These orders of a firm, by id. */
export async function readOrders(db: Db, firmId: string, ids: string[]): Promise<Map<string, OrderView>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(orders)
    .where(and(eq(orders.firmId, firmId), inArray(orders.id, ids)));
  return new Map((await withDocuments(db, rows)).map((order) => [order.id, order]));
}

/** What was sent of an order, as it is now. */
export async function readContent(db: Db, orderId: string): Promise<OrderBody | undefined> {
  const [row] = await db
    .select({ content: orderRevisions.content })
    .from(orderRevisions)
    .innerJoin(orders, CURRENT)
    .where(eq(orders.id, orderId));
  return row?.content as OrderBody | undefined;
}

function isHeldFor(fault: { code: string; subject: string | null }): SQL {
  return sql`${orders.faults} @> ${JSON.stringify([fault])}::jsonb`;
}

function found(search: string): SQL | undefined {
  const literal = search.replaceAll(/[\\%_]/g, "\\$&");
  const words = search.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const begun = words.map((word) => `'${word}':*`).join(" & ");
  return or(
    sql`${orders.number} like ${`${literal}%`}`,
    begun === "" ? undefined : sql`${buyerWords(orders.buyer)} @@ to_tsquery('simple', ${begun})`,
  );
}

type Row = typeof orders.$inferSelect;

async function withDocuments(db: Db, rows: Row[]): Promise<OrderView[]> {
  if (rows.length === 0) return [];
  const made = await db
    .select()
    .from(orderDocuments)
    .where(
      inArray(
        orderDocuments.orderId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(orderDocuments.createdAt, orderDocuments.kind);
  const states = await documentStates(
    db,
    made.map(({ id }) => id),
  );
  const files = await db
    .select({
      ...{ id: orderAttachments.id, orderId: orderAttachments.orderId },
      ...{ fileName: orderAttachments.fileName, bytes: orderAttachments.bytes },
    })
    .from(orderAttachments)
    .where(
      inArray(
        orderAttachments.orderId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(orderAttachments.receivedAt, orderAttachments.fileName);
  const [emails, attached] = await Promise.all([
    wentWith(
      db,
      "invoice_email",
      made.map(({ id }) => id),
    ),
    wentWith(
      db,
      "attachment",
      files.map(({ id }) => id),
    ),
  ]);
  const filesOf = Map.groupBy(files, ({ orderId }) => orderId);
  const byOrder = Map.groupBy(made, ({ orderId }) => orderId);
  return rows.map(({ faults, promisedAt: _, ...row }) => {
    const documents = (byOrder.get(row.id) ?? []).flatMap(
      ({ id: documentId, kind: documentKind, takenBackAt }) => {
        const state = states.get(documentId);
        const email = emails.get(documentId) ?? null;
        return state ? [{ ...state, documentId, documentKind, takenBackAt, email }] : [];
      },
    );
    const live = (byOrder.get(row.id) ?? []).find((one) => one.kind === "invoice" && !one.takenBackAt);
    return {
      ...row,
      documents,
      attachments: (filesOf.get(row.id) ?? []).map(({ orderId: _, ...file }) => {
        const went = attached.get(file.id) ?? null;
        // On an invoice that another has taken the place of it is not on this one.
        return { ...file, went: live && went?.part !== live.revision ? null : went };
      }),
      faults: (faults ?? []) as OrderFault[],
      state: stateOf({ cancelledAt: row.cancelledAt, faults }, documents),
    };
  });
}
