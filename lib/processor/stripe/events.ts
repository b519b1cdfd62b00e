import { z } from "zod";
import { stripeClient } from "./client.ts";

const event = z.object({
  id: z.string().max(255),
  livemode: z.boolean(),
  /** Of a connected account; absent for the endpoint's own. */
  account: z.string().nullish(),
  type: z.string().max(100),
  data: z.object({ object: z.object({ id: z.string().max(255) }) }),
});

export type StripeEvent = {
  eventRef: string;
  type: string;
  objectRef: string;
  livemode: boolean;
  /** Null: the account that the endpoint belongs to. */
  accountRef: string | null;
};

/**
 * Reads an event whose signature is right and at most 300 seconds old; null for any other. Only ids are taken from it,
 * and whose it is.
 */
export function readEvent(body: Buffer, signature: string | null, secret: string): StripeEvent | null {
  try {
    // The key is not used to check a signature; the client only carries the function.
    const checked = stripeClient("sk_unused").webhooks.constructEvent(body, signature ?? "", secret);
    const parsed = event.parse(checked);
    return {
      eventRef: parsed.id,
      type: parsed.type,
      objectRef: parsed.data.object.id,
      livemode: parsed.livemode,
      accountRef: parsed.account ?? null,
    };
  } catch {
    return null;
  }
}
