"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { prose } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { startRefund } from "#lib/payments/refunds/start-refund.ts";

const refundForm = z.strictObject({
  captureId: z.uuid(),
  /** Made where the amount was looked over: sent twice it is one refund. */
  refundId: z.uuid(),
  amountMinor: z.string().regex(/^\d{1,18}$/),
  seenLeftMinor: z.string().regex(/^\d{1,18}$/),
  note: prose(200, "Say why: whoever looks later will ask."),
});

export const sendRefund = firmAction(
  refundForm,
  "act",
  async ({ amountMinor, seenLeftMinor, ...asked }, caller) => {
    try {
      const seen = { amountMinor: BigInt(amountMinor), seenLeftMinor: BigInt(seenLeftMinor) };
      await startRefund(db(), caller, { ...asked, ...seen });
    } catch (error) {
      // What Stripe refused is over: the page must offer another refund, with an id of its own.
      refresh();
      throw error;
    }
    const { companySlug, firmSlug } = caller.firm;
    const page = `/firms/${companySlug}/${firmSlug}/payments/${asked.captureId}/refund`;
    return redirect(`${page}?done=${asked.refundId}` as Route);
  },
);
