import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { AT_INVOICE, OF_CALLER } from "./link-guess-rules.ts";

export type ClosedLink = {
  /** `caller`: none of the firm's links opens for this address · `invoice`: one invoice's does not. */
  why: "caller" | "invoice";
  caller: string;
  /** As it was asked for; null for all. */
  number: string | null;
  invoiceKey: string | null;
  tries: number;
  since: Date;
};

const SHOWN = 50;

/** Which pay links open no more to whom, after too many wrong tries; the newest first. Throws `forbidden` to who may not see. */
export async function listClosedLinks(db: Db, firm: FirmContext): Promise<ClosedLink[]> {
  requireAbility(firm, "see");
  const wrong = sql`from link_tries where firm_id = ${firm.firmId} and right_at is null and caller <> ''`;
  const { rows } = await db.execute<Omit<ClosedLink, "since"> & { since: string }>(sql`
    select 'caller' as why, caller, null as number, null as "invoiceKey", count(*)::int as tries,
      min(at)::text as since, max(at) as last
    ${wrong} and at > now() - interval '10 minutes' group by caller having count(*) >= ${OF_CALLER}
    union all
    select 'invoice', caller, min(number), invoice_key, count(*)::int, min(at)::text, max(at)
    ${wrong} and at > now() - interval '1 day' group by caller, invoice_key having count(*) >= ${AT_INVOICE}
    order by last desc limit ${SHOWN}`);
  return rows.map(({ why, caller, number, invoiceKey, tries, since }) => ({
    ...{ why, caller, number, invoiceKey, tries },
    since: new Date(since),
  }));
}
