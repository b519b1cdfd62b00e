import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** Xero's signature: base64 HMAC-SHA256 of the raw body with the app's webhook key (xero-platform 4). */
export function signedBy(key: string, body: Buffer, signature: string | null): boolean {
  const expected = Buffer.from(createHmac("sha256", key).update(body).digest("base64"));
  const given = Buffer.from(signature ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** One of Xero's own. Nothing that the database can't hold: others' deliveries are stored in the same statement. */
const word = z.string().regex(/^\w{1,40}$/);

/** What we read of a delivery: which thing of which organisation changed. Its facts and its address are not trusted. */
export const delivery = z.object({
  events: z
    .array(
      z.object({
        tenantId: z.uuid(),
        resourceId: z.uuid(),
        eventCategory: word,
        eventType: word,
      }),
    )
    .max(10_000),
  firstEventSequence: z.number().int().nonnegative(),
  lastEventSequence: z.number().int().nonnegative(),
});

export type Delivery = z.infer<typeof delivery>;

const KINDS = {
  INVOICE: "invoices",
  CONTACT: "contacts",
  CREDITNOTE: "credit_notes",
  OVERPAYMENT: "overpayments",
  PREPAYMENT: "prepayments",
} as const;

/** What a category speaks of; undefined for those that are no concern of the mirror's. */
export function kindOf(category: string): (typeof KINDS)[keyof typeof KINDS] | undefined {
  const name = category.toUpperCase();
  return Object.hasOwn(KINDS, name) ? KINDS[name as keyof typeof KINDS] : undefined;
}

/**
 * Up to which number deliveries have come now, and whether some are missing before one of these. Late ones, and those
 * that come twice, are behind and say nothing.
 */
export function numbersAfter(
  reached: number | null,
  deliveries: { first: number | null; last: number | null }[],
): { reached: number | null; gap: boolean } {
  let gap = false;
  for (const { first, last } of deliveries.toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0))) {
    if (first === null || last === null) continue;
    if (reached !== null && first > reached + 1) gap = true;
    reached = Math.max(reached ?? 0, last);
  }
  return { reached, gap };
}
