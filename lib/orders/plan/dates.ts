import { daysAfter } from "#lib/core/clock.ts";
import { type OrderFault, orderFault } from "../faults.ts";
import type { ReadableOrder } from "../order-body.ts";
import type { Books } from "./plan.ts";

export type Dates = { date: string; dueDate: string; faults: OrderFault[]; adjustments: string[] };

/** The days of an order's invoice: today where none is sent, the first open day where the firm chose that for locked ones. */
export function datesOf(order: ReadableOrder, { lockedUntil, today, mapping: { settings } }: Books): Dates {
  const asked = order.date ?? today;
  const date = openDay(asked, lockedUntil);
  const due = order.dueDate ?? daysAfter(date, settings?.dueDays ?? 0);
  const faults: OrderFault[] = [];
  if (order.dueDate && order.dueDate < asked) {
    const detail = `${order.dueDate} is before ${asked}.`;
    faults.push(orderFault("due-before-date", { pointer: "#/dueDate", detail }));
  }
  const isMoved = date !== asked;
  if (isMoved && settings?.onLocked !== "next_open_day") {
    const detail = `${asked} is in a period that is locked up to ${lockedUntil}.`;
    faults.push(
      orderFault("date-locked", { pointer: order.date ? "#/date" : "#", subject: lockedUntil, detail }),
    );
  }
  return {
    date,
    dueDate: [date, due].sort().at(-1) ?? date,
    faults,
    adjustments: isMoved ? [`Dated ${date}, the first open day: ${asked} is locked.`] : [],
  };
}

/** The day itself, or the first after the lock. */
export function openDay(day: string, lockedUntil: string | null): string {
  return lockedUntil !== null && day <= lockedUntil ? daysAfter(lockedUntil, 1) : day;
}
