/** Test only: whether each cent that arrived is in one place: written to an invoice, an overpayment, or gone back. */
import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import type { Simulator } from "../simulator-process.ts";

type TrueOverpayment = {
  id: string;
  status: string;
  total: number;
  remainingCredit: number;
  lines: { description: string }[];
};

/** Living ones, each under the reference that its line begins with. */
async function overpaymentsOf(
  simulator: Simulator,
  tenantId: string,
): Promise<(TrueOverpayment & { reference: string })[]> {
  const { overpayments } = await simulator.control<{ overpayments: TrueOverpayment[] }>(
    "GET",
    `/control/xero/overpayments?tenantId=${tenantId}`,
  );
  return overpayments
    .filter(({ status }) => status !== "VOIDED")
    .map((one) => ({ ...one, reference: one.lines[0]?.description.split(" ")[0] ?? "" }));
}

/** The ways in which Xero does not have this overpayment exactly once, as sentences. */
export async function breaksOfOverpayment(
  db: Db,
  simulator: Simulator,
  { tenantId, reference }: { tenantId: string; reference: string },
): Promise<string[]> {
  const { rows } = await db.execute<{ state: string; xero_id: string | null; amount: string }>(
    sql`select state, xero_id, amount_minor::text as amount from postings where reference = ${reference}`,
  );
  const theirs = (await overpaymentsOf(simulator, tenantId)).filter((one) => one.reference === reference);
  const [ours, there] = [rows[0], theirs[0]];
  const good =
    theirs.length === 1 &&
    ours?.state === "done" &&
    ours.xero_id === there?.id &&
    ours.amount === String(there?.total);
  return good
    ? []
    : [
        `${reference} is ${ours?.state} with ${ours?.amount}, in Xero ${theirs.map((one) => one.total).join(", ")}`,
      ];
}

/** Every capture whose cents are not each in one place, as sentences. Ask when all is settled. */
export async function breaksOfSurplus(db: Db, simulator: Simulator, tenantId: string): Promise<string[]> {
  const { rows: captures } = await db.execute<{
    id: string;
    amount: string;
    allocated: string;
    over: string;
    disputed: boolean;
  }>(sql`
    select c.id, c.amount_minor::text as amount,
      (select coalesce(sum(amount_minor), 0)::text from allocations where capture_id = c.id) as allocated,
      (select coalesce(sum(amount_minor), 0)::text from surpluses where capture_id = c.id and to_invoice_id is null) as over,
      exists (select 1 from disputes where capture_id = c.id and told_minor > 0) as disputed
    from captures c where c.problem is null`);
  const { rows: told } = await db.execute<{
    capture: string;
    kind: string;
    state: string;
    reference: string;
    written: string;
  }>(sql`
    select coalesce(s.capture_id, p.source_id) as capture, p.kind, p.state, p.reference,
      coalesce((select sum(amount_minor) from posting_lines where posting_id = p.id), p.amount_minor)::text as written
    from postings p left join surpluses s on s.id = p.source_id
    where p.kind in ('payment', 'batch_payment', 'overpayment')`);
  const { rows: back } = await db.execute<{ capture: string; amount: string; credited: string }>(sql`
    select r.capture_id as capture, sum(r.amount_minor)::text as amount,
      coalesce(sum((select sum(p.amount_minor) from postings p where p.kind = 'credit_refund' and p.state = 'done'
        and (p.source_id = r.id or p.source_id in (select id from refund_lines where refund_id = r.id)))), 0)::text as credited
    from refunds r where r.state = 'succeeded' group by 1`);
  const found: string[] = [];
  for (const { id, amount, allocated, over, disputed } of captures) {
    if (disputed) continue;
    if (BigInt(allocated) + BigInt(over) !== BigInt(amount))
      found.push(`Of ${amount} of ${id}, ${allocated} is invoices' and ${over} an overpayment`);
    const own = told.filter((one) => one.capture === id);
    const waiting = own.filter((one) => one.state !== "done" && one.state !== "by_hand");
    found.push(...waiting.map((one) => `${one.reference} of ${id} is ${one.state}`));
    const written = own
      .filter((one) => one.state === "done")
      .reduce((sum, one) => sum + BigInt(one.written), 0n);
    const gone = back.find((one) => one.capture === id);
    const inBooks = written - BigInt(gone?.credited ?? 0);
    if (inBooks + BigInt(gone?.amount ?? 0) !== BigInt(amount))
      found.push(`Of ${amount} of ${id}, ${inBooks} is in Xero and ${gone?.amount ?? 0} has gone back`);
    for (const { reference } of own.filter((one) => one.kind === "overpayment" && one.state === "done"))
      found.push(...(await breaksOfOverpayment(db, simulator, { tenantId, reference })));
  }
  const known = new Set(told.map(({ reference }) => reference));
  const invented = (await overpaymentsOf(simulator, tenantId)).filter(
    ({ reference }) => reference.startsWith("CF-") && !known.has(reference),
  );
  return [...found, ...invented.map(({ reference }) => `Xero holds ${reference}, which nobody paid`)];
}
