import { db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { latestOrder } from "#lib/orders/staff/latest-order.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { DryRun } from "../orders/[orderId]/dry-run.tsx";
import { placeAndTime } from "../place-and-time.ts";

type PastOrderProps = { firm: FirmContext; connectionId: string; kind?: string | undefined };

/** The newest order, or the newest with this kind of item, as it would be written by what is saved; nothing where there is none. */
export async function PastOrder({ firm, connectionId, kind }: PastOrderProps) {
  const [order, books, where] = await Promise.all([
    latestOrder(db(), firm, { connectionId, ...(kind === undefined ? {} : { kind }) }),
    payConnection(db(), connectionId),
    placeAndTime(db(), firm.firmId),
  ]);
  if (!order || !books) return null;
  return (
    <DryRun {...{ firm, order, books, where }} title={`Order ${order.number}, written by what is saved`} />
  );
}
