"use server";

import type { Route } from "next";
import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { fileShape, textIn } from "#app/door/file-text.ts";
import { db } from "#lib/core/db.ts";
import { orderBody } from "#lib/orders/order-body.ts";
import { sendUpload } from "#lib/orders/upload/send-upload.ts";
import { keepUpload } from "#lib/orders/upload/uploads.ts";

const uploadForm = z.strictObject({
  ...fileShape,
  connectionId: z.uuid("Choose the organisation that the orders are for."),
  source: orderBody.shape.source,
});

export const sendFile = firmAction(uploadForm, "act", async ({ connectionId, source, ...file }, caller) => {
  const content = await textIn(file);
  const uploadId = await keepUpload(db(), caller, { connectionId, source, content });
  return redirect(`${here(caller.firm)}/${uploadId}` as Route);
});

const reviewed = z.strictObject({ uploadId: z.uuid(), seen: z.string().regex(/^[0-9a-f]{64}$/) });

export const sendReviewed = firmAction(reviewed, "act", async (asked, caller) => {
  const { sent, left } = await sendUpload(db(), caller, asked);
  if (left.length === 0) return redirect(`${here(caller.firm)}/${asked.uploadId}?sent=${sent}` as Route);
  refresh();
  const message = `${sent === 1 ? "One order was" : `${sent} orders were`} sent. ${left.length === 1 ? "This one was" : "These were"} not:`;
  return { message, lines: left };
});

function here({ companySlug, firmSlug }: { companySlug: string; firmSlug: string }): string {
  return `/firms/${companySlug}/${firmSlug}/orders/upload`;
}
