/** Test only: what is true in the simulated Xero and Stripe, and whether our database says the same (reliability-security 5.2). */
import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import { runDuePosting } from "#lib/posting/sending/run-due.ts";
import type { Simulator } from "../simulator-process.ts";
import { hundredths } from "../stripe-units.ts";

/** Minor units are numbers here, as the control API sends them. */
export type TrueInvoice = {
  id: string;
  type: string;
  number: string;
  status: string;
  contactId: string;
  currency: string;
  total: number;
  amountPaid: number;
  amountDue: number;
  updatedAt: number;
  day: string;
};
type TruePayment = {
  id: string;
  tenantId: string;
  invoiceId: string;
  amount: number;
  reference: string;
  status: string;
  batchId?: string;
};
type TrueBatch = { id: string; tenantId: string; reference: string; status: string; paymentIds: string[] };
type TrueSession = {
  id: string;
  status: string;
  payment_status: string;
  payment_intent: string | null;
  client_reference_id: string | null;
  amount_total: number;
  currency: string;
};

export async function invoicesInXero(simulator: Simulator, tenantId: string): Promise<TrueInvoice[]> {
  return (
    await simulator.control<{ invoices: TrueInvoice[] }>("GET", `/control/xero/invoices?tenantId=${tenantId}`)
  ).invoices;
}

export async function invoiceInXero(
  simulator: Simulator,
  tenantId: string,
  number: string,
): Promise<TrueInvoice> {
  const found = (await invoicesInXero(simulator, tenantId)).find(
    (one) => one.number === number && one.type === "ACCREC" && one.status !== "VOIDED",
  );
  if (!found) throw new Error(`Xero has no ${number}`);
  return found;
}

export async function paymentsInXero(simulator: Simulator, reference: string): Promise<TruePayment[]> {
  const path = `/control/xero/payments?status=AUTHORISED&reference=${encodeURIComponent(reference)}`;
  return (await simulator.control<{ payments: TruePayment[] }>("GET", path)).payments;
}

export async function sessionsInStripe(simulator: Simulator): Promise<TrueSession[]> {
  const { accounts } = await simulator.control<{ accounts: { sessions: TrueSession[] }[] }>(
    "GET",
    "/control/stripe/truth",
  );
  return accounts.flatMap((account) => account.sessions);
}

/** Waiting takes no time here: what is due later is due now, and a dead worker's lease is over. Rows that a live one has locked stay. */
export async function bringForward(db: Db): Promise<void> {
  await db.execute(sql`update postings set due_at = now() - interval '1 second', lease_until = case when state = 'sending' then now() - interval '1 second' end
    where id in (select id from postings where state in ('ready', 'unknown', 'sending') for update skip locked)`);
  await giveBackCalls(db);
}

/** A minute has passed: what Xero asked us to wait is over, no call keeps its place, and none counts in its minute. */
export async function giveBackCalls(db: Db): Promise<void> {
  await db.execute(sql`update xero_calls set over_at = now() - interval '1 minute' where id in
    (select id from xero_calls where over_at > now() - interval '1 minute' for update skip locked)`);
  await db.execute(sql`update call_budget set blocked_until = now() where blocked_until > now()`);
}

/** A fresh worker until nothing is due, resting in between when asked; its steps. Throws if it never comes to rest. */
export async function runToIdle(db: Db, pauseMs = 0): Promise<number> {
  for (let steps = 0; steps < 60; steps += 1) {
    await bringForward(db);
    if (!(await runDuePosting(db))) return steps;
    if (pauseMs > 0) await new Promise((later) => setTimeout(later, pauseMs));
  }
  throw new Error("The postings never came to rest");
}

/** Waits until PostgreSQL has noticed that a killed process is gone: until then its transaction holds what it locked. */
export async function buried(db: Db): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const { rows } = await db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    if (rows.length === 0) return;
  }
  throw new Error("A killed process still holds a transaction");
}

/** Holds that nobody will end any more. Ask when all is settled. */
export async function holdsLeft(db: Db): Promise<string[]> {
  const { rows } = await db.execute(sql`select invoice_id from holds where state = 'open'`);
  return rows.map((row) => `The hold on ${row.invoice_id} is left for ever`);
}

/** The same, and postings that no capture asked for: where all postings come from captures. */
export async function loose(db: Db): Promise<string[]> {
  const { rows } = await db.execute(
    sql`select reference from postings where source_id not in (select id from captures union select id from refund_lines union select id from surpluses)`,
  );
  return [...(await holdsLeft(db)), ...rows.map((row) => `Nobody paid what ${row.reference} tells Xero`)];
}

type OurLine = {
  reference: string;
  kind: string;
  state: string;
  xero_id: string | null;
  invoice_id: string;
  amount: string;
  payment_id: string | null;
  reflected: boolean;
  /** Taken off in Xero again, since a dispute was lost. */
  removed: boolean;
};

/**
 * Every way in which simulator and database disagree about money, as sentences; none is what must be. Each posting is
 * in Xero exactly once with its lines to the minor unit; Xero holds nothing of ours that we don't know of; no invoice
 * is overpaid; Stripe's paid sessions are our captures one to one.
 */
export async function breaks(db: Db, simulator: Simulator): Promise<string[]> {
  return [
    ...(await breaksInXero(db, simulator)),
    ...(await inventions(db, simulator)),
    ...(await overpaid(simulator)),
    ...(await breaksAtStripe(db, simulator)),
  ];
}

/** Payments of all organisations that stand. */
export async function standingInXero(
  simulator: Simulator,
): Promise<{ payments: TruePayment[]; batchPayments: TrueBatch[] }> {
  const read = <T>(what: string) => simulator.control<T>("GET", `/control/xero/${what}?status=AUTHORISED`);
  return {
    ...(await read<{ payments: TruePayment[] }>("payments")),
    ...(await read<{ batchPayments: TrueBatch[] }>("batch-payments")),
  };
}

/** Each posting of a payment that is not in Xero exactly once, to the minor unit; one that a lost dispute took back, not at all. */
export async function breaksInXero(db: Db, simulator: Simulator): Promise<string[]> {
  const { payments, batchPayments } = await standingInXero(simulator);
  const theirs = Map.groupBy(payments, (payment) => payment.reference);
  const batches = Map.groupBy(batchPayments, (batch) => batch.reference);
  return [...Map.groupBy(await ourLines(db), (line) => line.reference)].flatMap(([reference, ours]) =>
    breaksOf(reference, ours, theirs.get(reference) ?? [], batches.get(reference) ?? []),
  );
}

export async function overpaid(simulator: Simulator): Promise<string[]> {
  const { invoices } = await simulator.control<{ invoices: TrueInvoice[] }>("GET", "/control/xero/invoices");
  return invoices
    .filter((one) => one.amountDue < 0)
    .map((one) => `${one.number} is overpaid by ${-one.amountDue}`);
}

/** The same of one posting alone. */
export async function breaksOfPosting(db: Db, simulator: Simulator, reference: string): Promise<string[]> {
  const path = `/control/xero/batch-payments?status=AUTHORISED&reference=${reference}`;
  const { batchPayments } = await simulator.control<{ batchPayments: TrueBatch[] }>("GET", path);
  return breaksOf(
    reference,
    await ourLines(db, reference),
    await paymentsInXero(simulator, reference),
    batchPayments,
  );
}

async function ourLines(db: Db, reference?: string): Promise<OurLine[]> {
  const { rows } = await db.execute(sql`
    select p.reference, p.kind, p.state, p.xero_id, l.invoice_id, l.amount_minor::text as amount, l.xero_payment_id as payment_id, l.reflected_at is not null as reflected,
      exists (select 1 from postings r where r.kind = 'removal' and r.state = 'done' and r.connection_id = p.connection_id and r.target_id = p.xero_id) as removed
    from postings p join posting_lines l on l.posting_id = p.id where ${reference ?? null}::text is null or p.reference = ${reference ?? null}`);
  return rows as OurLine[];
}

function breaksOf(
  reference: string,
  ours: OurLine[],
  payments: TruePayment[],
  batchPayments: TrueBatch[],
): string[] {
  const theirs = payments.filter((payment) => payment.reference === reference);
  const batches = batchPayments.filter((batch) => batch.reference === reference);
  const [first] = ours;
  if (first?.removed)
    return theirs.length > 0 ? [`${reference} was taken off and is in Xero all the same`] : [];
  if (first?.state === "refused" || first?.state === "by_hand")
    return theirs.length > 0 ? [`${reference} is ${first.state} here and in Xero all the same`] : [];
  const said = ours.map((line) => `${line.invoice_id} ${line.amount}`).sort();
  const true_ = theirs.map((payment) => `${payment.invoiceId} ${payment.amount}`).sort();
  const ids = new Set(theirs.map((payment) => payment.id));
  const documents = first?.kind === "batch_payment" ? batches.map((batch) => batch.id) : [...ids];
  return [
    ...(first?.state === "done" ? [] : [`${reference} is ${first?.state}`]),
    ...(said.join() === true_.join()
      ? []
      : [`${reference} should be [${said.join(", ")}] and is [${true_.join(", ")}] in Xero`]),
    ...(documents.length === 1 && documents[0] === first?.xero_id
      ? []
      : [`${reference} is ${documents.length} documents in Xero, ours is ${first?.xero_id}`]),
    ...ours
      .filter((line) => !line.payment_id || !ids.has(line.payment_id))
      .map(() => `${reference} keeps no true payment id`),
    ...ours.filter((line) => !line.reflected).map(() => `${reference} is not seen on its invoice`),
  ];
}

/** What Xero holds under a reference of ours that we know nothing of. */
export async function inventions(db: Db, simulator: Simulator): Promise<string[]> {
  const { payments, batchPayments } = await standingInXero(simulator);
  const { rows } = await db.execute<{ reference: string }>(sql`select reference from postings`);
  const known = new Set(rows.map((row) => row.reference));
  return [...payments, ...batchPayments]
    .filter(({ reference }) => reference.startsWith("CF-") && !known.has(reference))
    .map(({ reference }) => `Xero holds ${reference}, which nobody paid`);
}

/** Each payment at Stripe that is not one capture of the same money with its hold and its posting, and the other way round. */
export async function breaksAtStripe(db: Db, simulator: Simulator): Promise<string[]> {
  const paid = (await sessionsInStripe(simulator)).filter((session) => session.payment_status === "paid");
  const captures = (
    await db.execute(sql`
    select c.object_ref, a.session_ref, c.amount_minor::text as amount, c.currency, c.problem,
      (select count(*)::int from postings p where p.source_id = c.id) as postings,
      (select count(*) - count(distinct invoice_id) from posting_lines l join postings p on p.id = l.posting_id where p.source_id = c.id)::int as doubled,
      (select count(*)::int from holds h where h.attempt_id = a.id) as holds,
      (select coalesce(sum(amount_minor), 0) from allocations l where l.capture_id = c.id) +
        (select coalesce(sum(amount_minor), 0) from surpluses s where s.capture_id = c.id and s.to_invoice_id is null) as allocated
    from captures c join attempts a on a.id = c.attempt_id`)
  ).rows as {
    object_ref: string;
    session_ref: string;
    amount: string;
    currency: string;
    problem: string | null;
    postings: number;
    /** Invoices that more than one posting of it names. */
    doubled: number;
    holds: number;
    allocated: string;
  }[];
  return [
    ...paid.flatMap((session) => {
      const ours = captures.filter(
        (capture) => capture.session_ref === session.id && capture.object_ref === session.payment_intent,
      );
      const [one] = ours;
      if (!one || ours.length > 1) return [`Stripe's paid ${session.id} is ${ours.length} captures`];
      const same =
        one.amount === hundredths(session.amount_total, session.currency) &&
        one.currency.toLowerCase() === session.currency;
      return same ? [] : [`Stripe's ${session.id} took ${session.amount_total}, we hold ${one.amount}`];
    }),
    ...captures
      .filter((capture) => !paid.some((session) => session.id === capture.session_ref))
      .map((capture) => `Nobody paid ${capture.session_ref}`),
    ...captures
      .filter(
        (capture) =>
          capture.problem === null &&
          (capture.postings === 0 ||
            capture.doubled > 0 ||
            capture.holds === 0 ||
            capture.allocated !== capture.amount),
      )
      .map(
        (capture) =>
          `The capture of ${capture.session_ref} has ${capture.postings} postings, ${capture.holds} holds, ${capture.allocated} allocated`,
      ),
  ];
}
