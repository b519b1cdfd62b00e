import { and, isNotNull, isNull, not, type SQL, sql } from "drizzle-orm";
import { orderDocuments, orders } from "#db/schema/orders.ts";
import { type DocumentState, documentsIn } from "#lib/posting/read-documents.ts";

/** held: waits for a person. queued, sending, checking: on its way to Xero. written: there. refused: Xero said no to a part of it. */
export const ORDER_STATES = [
  "held",
  "queued",
  "sending",
  "checking",
  "written",
  "refused",
  "cancelled",
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

type StateOfDocument = DocumentState["state"];

/** What an order that was promised is while a document of it is in one of these states; the first that fits. Written when none does. */
const BY_DOCUMENTS: readonly { is: OrderState; while: StateOfDocument }[] = [
  { is: "refused", while: "refused" },
  { is: "checking", while: "unknown" },
  { is: "sending", while: "sending" },
  { is: "queued", while: "ready" },
];

/** How an order stands that has this in its own row, and these documents. One that was cancelled is that unless Xero refuses a part of it. */
export function stateOf(
  { cancelledAt, faults }: Pick<typeof orders.$inferSelect, "cancelledAt" | "faults">,
  documents: Pick<DocumentState, "state" | "refusals">[],
): OrderState {
  if (faults && !cancelledAt) return "held";
  const states = documents.flatMap(({ state, refusals }) => [
    state,
    ...refusals.map(() => "refused" as const),
  ]);
  const told = BY_DOCUMENTS.find((one) => states.includes(one.while))?.is ?? "written";
  return cancelledAt && told !== "refused" ? "cancelled" : told;
}

/**
 * The same for a query of a firm's orders: those that are in this state. By orders' own columns and by which documents are where:
 * few are on their way or refused, however many there are.
 */
export function inState(firmId: string, state: OrderState): SQL | undefined {
  const has = (states: StateOfDocument[]) => sql`${orders.id} in ${withDocuments(firmId, states)}`;
  const isCancelled = isNotNull(orders.cancelledAt);
  const isHeld = and(isNotNull(orders.faults), isNull(orders.cancelledAt));
  if (state === "held") return isHeld;
  if (state === "cancelled") return and(isCancelled, not(has(["refused"])));
  if (state === "refused") return and(sql`(${isHeld}) is not true`, has(["refused"]));
  const told = BY_DOCUMENTS.findIndex(({ is }) => is === state);
  const before = BY_DOCUMENTS.slice(0, told < 0 ? undefined : told).map((one) => one.while);
  const its = BY_DOCUMENTS[told];
  const isOf = its
    ? sql`${orders.id} in (${withDocuments(firmId, [its.while])} except ${withDocuments(firmId, before)})`
    : not(has(before));
  return and(isNull(orders.faults), isNull(orders.cancelledAt), isOf);
}

const withDocuments = (firmId: string, states: StateOfDocument[]) =>
  sql`(select ${orderDocuments.orderId} from ${orderDocuments} where ${orderDocuments.id} in ${documentsIn(firmId, states)})`;
