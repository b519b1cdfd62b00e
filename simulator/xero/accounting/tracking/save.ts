import { trackingCategories } from "../../store/books.ts";
import type { TrackingCategory } from "../../store/order-model.ts";
import type { Scope, Stored } from "../../store/rows.ts";

/** One that has been deleted is nowhere. */
export function findCategory(scope: Scope, id: string): Stored<TrackingCategory> | undefined {
  const category = trackingCategories.get(scope, id);
  return category?.status === "DELETED" ? undefined : category;
}

/** Also the control API's way to change one "in Xero". */
export function saveCategory(scope: Scope, category: TrackingCategory): Stored<TrackingCategory> {
  const { id, name, status, options } = category;
  scope.world.journal.write("xero.tracking.saved", {
    ...{ tenantId: scope.tenantId, trackingCategoryId: id, name, status },
    options: options.map((option) => `${option.name} ${option.status}`),
  });
  return trackingCategories.put(scope, category);
}
