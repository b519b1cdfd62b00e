import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** Xero's signature: base64 HMAC-SHA256 of the raw body with the app's webhook key (xero-platform 4). */
export function signedBy(key: string, body: Buffer, signature: string | null): boolean {
  const expected = createHmac("sha256", key).update(body).digest();
  const given = Buffer.from(signature ?? "", "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What we read of a delivery: which thing of which organisation changed. Its facts and its address are not trusted. */
export const delivery = z.object({
  events: z
    .array(
      z.object({
        tenantId: z.uuid(),
        resourceId: z.uuid(),
        eventCategory: z.string().max(40),
        eventType: z.string().max(40),
      }),
    )
    .max(10_000),
  firstEventSequence: z.number().int(),
  lastEventSequence: z.number().int(),
});

export type Delivery = z.infer<typeof delivery>;
