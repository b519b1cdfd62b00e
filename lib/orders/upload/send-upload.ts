import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { type Accepted, acceptOrders } from "../accept/accept-orders.ts";
import { reviewUpload } from "./review-upload.ts";
import { findUpload } from "./uploads.ts";

/** `left`: what was not taken after all, in words. */
export type SentUpload = { sent: number; left: string[] };

/**
 * Sends what a person has looked over, any number of times: an order is taken once. Throws `conflict`, and sends nothing, when it would
 * not be what was `seen`; `not_found` for a file that is not this firm's or is forgotten, or whose organisation is no longer connected.
 */
export async function sendUpload(
  db: Db,
  { firm, actor }: FirmCaller,
  { uploadId, seen }: { uploadId: string; seen: string },
): Promise<SentUpload> {
  requireAbility(firm, "act");
  const upload = await findUpload(db, firm, uploadId);
  if (!upload) throw new AppError("not_found", "This file is no longer here. Upload it again.");
  const { connectionId } = upload;
  await requireLive(db, firm, connectionId);
  const review = await reviewUpload(db, firm, upload);
  if (review.seen !== seen)
    throw new AppError(
      "conflict",
      "What would be sent has changed since this was shown. Nothing was sent: look at it again below.",
    );
  const sender = {
    ...{ firmId: firm.firmId, connectionId, apiKeyId: null },
    actor: `user:${actor.userId}` as const,
  };
  const all = await acceptOrders(db, sender, review.toSend, { mode: "each", onFault: "hold" });
  const numbers = review.orders.filter(({ verdict }) => verdict !== "same" && verdict !== "refused");
  return {
    sent: all.filter(({ kind }) => kind === "taken").length,
    left: all.flatMap((one, at) => {
      const why = whyLeft(one);
      return why ? [`${numbers[at]?.number}: ${why}`] : [];
    }),
  };
}

/** What only the attempt to take it can tell. */
function whyLeft(one: Accepted): string | null {
  switch (one.kind) {
    case "taken":
      return null;
    case "written":
      return one.detail;
    case "under-way":
      return "A document of it is on its way to Xero. Send it again in a minute.";
    case "being-paid":
      return "A client is paying its invoice at this moment. Send it again when they are done.";
    default:
      return "It has changed meanwhile. Look at it again below.";
  }
}
