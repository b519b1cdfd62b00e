/** What a person in Xero does with what lines and orders are made of. */
import { z } from "zod";
import type { Route } from "../core/types.ts";
import { removeItem, saveItem } from "../xero/accounting/items/write.ts";
import { findOrder } from "../xero/accounting/purchase-orders/find.ts";
import { saveOrder } from "../xero/accounting/purchase-orders/write.ts";
import { faultsOfCategory } from "../xero/accounting/tracking/rules.ts";
import { saveCategory } from "../xero/accounting/tracking/save.ts";
import { items, trackingCategories } from "../xero/store/books.ts";
import { orderStatuses, type TrackingCategory } from "../xero/store/order-model.ts";
import type { Scope } from "../xero/store/rows.ts";
import { NotAllowed, yes } from "./input.ts";
import { decimal, found, lever, standing } from "./lever.ts";

const tenantId = z.string();

const tracking = z.object({
  tenantId,
  /** Ids or names; the category itself when there is no option. */
  category: z.string(),
  option: z.string().optional(),
  status: z.enum(["ACTIVE", "ARCHIVED", "DELETED"]).optional(),
  name: z.string().min(1).max(100).optional(),
});
const item = z.object({
  tenantId,
  /** Its id or code. */
  item: z.string(),
  isThere: yes.default(true),
  code: z.string().min(1).max(30).optional(),
  name: z.string().max(50).optional(),
  salesPrice: decimal(4).optional(),
});
const purchaseOrder = z.object({
  tenantId,
  /** Its id or number. */
  purchaseOrder: z.string(),
  status: z.enum(orderStatuses).optional(),
  number: z.string().min(1).max(255).optional(),
  reference: z.string().max(255).optional(),
  date: z.iso.date().optional(),
});

export const orderLeverRoutes: Route[] = [
  lever("tracking", tracking, (scope, { category, option, ...change }) => {
    const all = trackingCategories.list(scope);
    const before = found(oneOf(all, category), "tracking category");
    if (option === undefined) return changeCategory(scope, { ...before, ...given(change) });
    const { id } = found(oneOf(before.options, option), "tracking option");
    const options = before.options.map((one) => (one.id === id ? { ...one, ...given(change) } : one));
    return changeCategory(scope, { ...before, options });
  }),
  lever("item", item, (scope, { item, isThere, code, name, salesPrice }) => {
    const before = found(items.get(scope, item) ?? items.named(scope, item)[0], "item");
    if (!isThere) return removeItem(scope, before);
    const other = code === undefined ? undefined : items.named(scope, code)[0];
    if (other && other.id !== before.id) throw new NotAllowed("Another item has that code");
    const sales = { ...before.sales, ...(salesPrice !== undefined && { unitPrice: salesPrice }) };
    return saveItem(scope, {
      ...before,
      code: code ?? before.code,
      ...(name !== undefined && { name }),
      sales,
    });
  }),
  lever("purchase-order", purchaseOrder, (scope, { purchaseOrder, status, number, reference, date }) => {
    const before = standing(findOrder(scope, purchaseOrder), "purchase order");
    const other = number === undefined ? undefined : findOrder(scope, number);
    if (other && other.id !== before.id) throw new NotAllowed("Another order has that number");
    return saveOrder(scope, {
      ...{ ...before, status: status ?? before.status, number: number ?? before.number },
      ...{ reference: reference ?? before.reference, day: date ?? before.day },
    });
  }),
];

/** Within the limits that Xero's screen has too. */
function changeCategory(scope: Scope, category: TrackingCategory) {
  const faults = category.status === "DELETED" ? [] : faultsOfCategory(scope, category);
  if (faults.length > 0) throw new NotAllowed(faults.join(" "));
  return saveCategory(scope, category);
}

type Named = { id: string; name: string; status: TrackingCategory["status"] };

const oneOf = <T extends Named>(all: T[], idOrName: string): T | undefined =>
  all.find(({ id }) => id === idOrName) ??
  all.find(({ name, status }) => name === idOrName && status !== "DELETED");

const given = ({ status, name }: { status?: Named["status"] | undefined; name?: string | undefined }) => ({
  ...(status && { status }),
  ...(name && { name }),
});
