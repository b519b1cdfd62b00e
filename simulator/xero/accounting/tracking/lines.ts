/** Tracking on the lines of documents: kept by ids, shown by the names of today. */
import { children, type Folded, text } from "../../body.ts";
import { somethingBroke } from "../../errors.ts";
import type { Line, Tracking } from "../../model.ts";
import { trackingCategories } from "../../store/books.ts";
import type { TrackingCategory } from "../../store/order-model.ts";
import type { Scope } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";

/**
 * What a line sends, as ids; undefined when it sends nothing. Xero drops what it does not know without a word
 * (xero-documents 9), names must match exactly (16, no. 20), and an object in the array's place breaks it (9).
 */
export function readTracking(scope: Scope, body: Folded, before: Line | undefined): Tracking[] | undefined {
  const sent = body.tracking;
  if (sent === undefined || sent === null) return undefined;
  if (!Array.isArray(sent)) throw somethingBroke();
  const categories = trackingCategories.list(scope);
  return children(body, "Tracking")?.flatMap((one) => resolve(categories, one, before?.tracking ?? []));
}

/** DOC invoices: "Any LineItem can have a maximum of 2 TrackingCategory elements", each with Name and Option. */
export function faultsOfTracking(body: Folded): string[] {
  const sent = children(body, "Tracking") ?? [];
  const says = (one: Folded, ...names: string[]) => names.some((name) => text(one, name));
  const isHalf = (one: Folded) =>
    !says(one, "TrackingCategoryID", "Name") || !says(one, "TrackingOptionID", "Option");
  return [
    ...(sent.length > 2 ? ["A line item can have a maximum of 2 tracking categories"] : []),
    ...(sent.some(isHalf) ? ["Name and Option of a tracking category must be specified"] : []),
  ];
}

/** An archived one only where the line has it already (open choices). */
function resolve(categories: TrackingCategory[], sent: Folded, before: Tracking[]): Tracking[] {
  const category = categories.find(named(text(sent, "TrackingCategoryID"), text(sent, "Name")));
  const option = category?.options.find(named(text(sent, "TrackingOptionID"), text(sent, "Option")));
  if (!category || !option) return [];
  const isInUse = category.status === "ACTIVE" && option.status === "ACTIVE";
  const isKept = before.some(({ optionId }) => optionId === option.id);
  return isInUse || isKept ? [{ id: category.id, optionId: option.id }] : [];
}

/** Of two with one name, of which the older is gone, it is the living one. */
function named(id: string | undefined, name: string | undefined) {
  return (one: { id: string; name: string; status: string }) =>
    id ? one.id === id.toLowerCase() : one.name === name && one.status !== "DELETED";
}

export type ShowTracking = (tracking: Tracking[] | undefined) => Wire[];

/** Reads the categories once, for as many lines as there are. */
export function showTracking(scope: Scope): ShowTracking {
  const categories = new Map(trackingCategories.list(scope).map((category) => [category.id, category]));
  return (tracking = []) =>
    tracking.flatMap(({ id, optionId }) => {
      const category = categories.get(id);
      const option = category?.options.find((one) => one.id === optionId);
      if (!category || !option) return [];
      return {
        ...{ Name: category.name, Option: option.name },
        ...{ TrackingCategoryID: id, TrackingOptionID: optionId, Options: [] },
      };
    });
}
