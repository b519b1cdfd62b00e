import type { Db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { foreseeOrder } from "../accept/accept-orders.ts";
import { type LookedAt, lookAtOrders } from "../accept/look-at-orders.ts";
import { type Way, whyItStays } from "../accept/make-way.ts";
import { isSenders, type OrderFaultCode } from "../faults.ts";
import { faultInFile } from "./fault-in-file.ts";
import { type CellFault, readUpload, type UploadedOrder } from "./read-upload.ts";
import type { Upload } from "./uploads.ts";

/** What becomes of an order of a file when it is sent: the first three go on, held waits for staff, refused is left. */
export const VERDICTS = ["new", "changed", "held", "same", "refused"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `code`: of what may be mended in the desk or in Xero; null for what the file alone can mend. */
export type ReviewedFault = CellFault & { code: OrderFaultCode | null };

export type ReviewedOrder = {
  number: string;
  row: number;
  verdict: Verdict;
  /** Whom it is for, as far as it can be told. */
  buyer: string;
  /** Of the invoice that it would become; null while that can't be told. */
  total: { minor: bigint; currency: string } | null;
  date: string | null;
  /** Of the order of this number that is here already. */
  orderId: string | null;
  /** What will not be as the file has it. */
  adjustments: string[];
  faults: ReviewedFault[];
};

export type Review = {
  orders: ReviewedOrder[];
  /** Those that would be sent, as the API takes them. */
  toSend: unknown[];
  /** Of all that the review shows: another one when anything of it has changed. */
  seen: string;
};

/** What sending a file of orders would do now, by the same look as the API's; nothing is changed and Xero is not asked. Throws `forbidden`. */
export async function reviewUpload(
  db: Db,
  firm: FirmContext,
  { connectionId, source, content }: Upload,
): Promise<Review> {
  requireAbility(firm, "act");
  const uploaded = readUpload(content, source);
  const { orders: looked, books } = await lookAtOrders(
    db,
    { connectionId, apiKeyId: null },
    uploaded.map(({ sent }) => sent),
  );
  const judged = [];
  for (const [at, one] of looked.entries()) {
    const order = uploaded[at];
    if (!order) continue;
    const way = await foreseeOrder(db, connectionId, { one, books, onFault: "hold" });
    judged.push({ order, plan: planOf(way), review: reviewed(order, { one, way }) });
  }
  const seen = judged.map(({ plan, review }) => ({ plan, review }));
  return {
    orders: judged.map(({ review }) => review),
    toSend: judged.flatMap(({ order, review: { verdict } }) =>
      verdict === "same" || verdict === "refused" ? [] : [order.sent],
    ),
    seen: hashOf(JSON.stringify(seen, (_, value) => (typeof value === "bigint" ? String(value) : value))),
  };
}

type Looked = { one: LookedAt; way: Way };

const planOf = (way: Way) => (way.kind === "free" ? way.plan : null);

function reviewed(order: UploadedOrder, looked: Looked): ReviewedOrder {
  const { kept, readable } = looked.one;
  const plan = planOf(looked.way);
  const { verdict, faults } = judge(order, looked);
  return {
    ...{ number: order.number, row: order.row, verdict, faults },
    buyer: plan?.buyer.name ?? readable.buyer?.person?.name ?? readable.buyer?.externalId ?? "",
    total: plan && { minor: plan.invoice.totals.totalMinor, currency: plan.currency },
    date: plan?.invoice.date ?? readable.date ?? null,
    orderId: kept?.id ?? null,
    adjustments: plan?.adjustments ?? [],
  };
}

function judge(order: UploadedOrder, { one, way }: Looked): Pick<ReviewedOrder, "verdict" | "faults"> {
  const { isSame, kept } = one;
  const ofFile = order.faults.map((fault) => ({ ...fault, code: null }));
  if (ofFile.length === 0 && isSame) return { verdict: "same", faults: [] };
  const ofOrder = one.faults.map((fault) => ({
    ...faultInFile(order, fault),
    code: isSenders(fault) ? null : fault.code,
  }));
  const faults = [...ofFile, ...ofOrder].toSorted((a, b) => a.row - b.row);
  if (way.kind === "conflict") {
    const { revision } = way.kept;
    const message = `This order was sent before${revision > 0 ? ` with revision ${revision}` : ""}, and it says something else. To change it, write revision ${revision + 1}.`;
    const clash = { row: order.row, column: "Revision", message, code: null };
    return { verdict: "refused", faults: [clash, ...faults] };
  }
  if (way.kind === "refused" || ofFile.length > 0) return { verdict: "refused", faults };
  if (way.kind !== "free") {
    const clash = { row: order.row, column: null, message: whyItStays(way), code: null };
    return { verdict: "refused", faults: [clash, ...faults] };
  }
  if (!way.plan) return { verdict: "held", faults };
  return { verdict: kept ? "changed" : "new", faults };
}
