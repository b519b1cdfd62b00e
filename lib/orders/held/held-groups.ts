import { sql } from "drizzle-orm";
import { orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { ORDER_FAULTS, type OrderFaultCode } from "../faults.ts";

/** All that one matter holds up: mended once, all of them go. */
export type HeldGroup = {
  connectionId: string;
  code: OrderFaultCode;
  /** What must be mended: a kind, an account's code; null where it is each order's own matter. */
  subject: string | null;
  /** What the oldest of them says. */
  detail: string;
  count: number;
  oldest: Date;
  /** Numbers of some of them, the oldest first. */
  examples: string[];
};

/** What keeps a firm's orders from Xero, by cause and by what must be mended; what keeps most of them first. Throws `forbidden`. */
export async function heldGroups(db: Db, firm: FirmContext): Promise<HeldGroup[]> {
  requireAbility(firm, "see");
  const { rows } = await db.execute<{
    connection_id: string;
    code: string;
    subject: string | null;
    detail: string;
    count: number;
    oldest: string;
    examples: string[];
  }>(sql`
    select ${orders.connectionId}, fault ->> 'code' as code, fault ->> 'subject' as subject,
      (array_agg(fault ->> 'detail' order by ${orders.receivedAt}, ${orders.id}))[1] as detail,
      count(distinct ${orders.id})::int as count, min(${orders.receivedAt})::text as oldest,
      (array_agg(${orders.number} order by ${orders.receivedAt}, ${orders.id}))[1:3] as examples
    from ${orders}, jsonb_array_elements(${orders.faults}) as fault
    where ${orders.firmId} = ${firm.firmId} and ${orders.faults} is not null and ${orders.cancelledAt} is null
    group by 1, 2, 3
    order by count desc, oldest, code, subject`);
  return rows.map(({ connection_id: connectionId, code, oldest, examples, ...row }) => ({
    ...row,
    ...{ connectionId, code: known(code), oldest: new Date(oldest), examples: [...new Set(examples)] },
  }));
}

function known(code: string): OrderFaultCode {
  if (!Object.hasOwn(ORDER_FAULTS, code)) throw new Error(`There is no order fault ${code}`);
  return code as OrderFaultCode;
}

/** Firms with orders that are held: how many, and since when. For letters; says nothing of their content. */
export async function heldByFirm(db: Db): Promise<{ firmId: string; count: number; since: Date }[]> {
  const { rows } = await db.execute<{ firm_id: string; count: number; since: string }>(sql`
    select ${orders.firmId}, count(*)::int as count, min(${orders.receivedAt})::text as since
    from ${orders} where ${orders.faults} is not null and ${orders.cancelledAt} is null group by 1`);
  return rows.map(({ firm_id: firmId, since, count }) => ({ firmId, count, since: new Date(since) }));
}
