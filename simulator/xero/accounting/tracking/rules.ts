/** What Xero refuses of tracking categories (DOC trackingcategories; xero-documents 9). Words without a source are ours. */
import { trackingCategories } from "../../store/books.ts";
import type { TrackingCategory, TrackingOption } from "../../store/order-model.ts";
import type { Scope } from "../../store/rows.ts";

const mostActive = 2;
const mostInAll = 4;
const longestName = 100;

export function faultsOfCategory(scope: Scope, category: TrackingCategory): string[] {
  const others = trackingCategories
    .list(scope)
    .filter(({ id, status }) => id !== category.id && status !== "DELETED");
  const active = others.filter(({ status }) => status === "ACTIVE").length;
  return [
    ...faultsOfName(category.name),
    ...(others.some(({ name }) => isSame(name, category.name))
      ? ["The name of a tracking category must be unique"]
      : []),
    ...(category.status === "ACTIVE" && active >= mostActive
      ? [`An organisation can have a maximum of ${mostActive} active tracking categories`]
      : []),
    ...(others.length >= mostInAll
      ? [`An organisation can have a maximum of ${mostInAll} tracking categories`]
      : []),
    ...faultsOfOptions(category.options),
  ];
}

/** calcinai/xero-php 920. */
export function faultsOfOptions(options: TrackingOption[]): string[] {
  const living = options.filter(({ status }) => status !== "DELETED").map(({ name }) => name);
  const isDoubled = living.some((name, at) => living.slice(0, at).some((other) => isSame(other, name)));
  return [
    ...new Set(living.flatMap(faultsOfName)),
    ...(isDoubled ? ["For each specified tracking option the name must be unique"] : []),
  ];
}

function faultsOfName(name: string): string[] {
  if (!name.trim()) return ["Name must be specified"];
  return name.length > longestName ? [`Name must not be more than ${longestName} characters`] : [];
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** DOC trackingcategories: "Delete unused tracking categories and options". What is used can only be archived. */
export const stillUsed = "A tracking category or option that has been used cannot be deleted";
