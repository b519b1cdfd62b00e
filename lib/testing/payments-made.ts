/** Test only: payments as the desk would have recorded them, straight into the tables, for lists and sums of many. */
import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import type { Desk } from "./desk.ts";

export type Made = {
  at: string;
  minor?: number;
  currency?: string;
  payer?: string;
  email?: string;
  number?: string;
  reference?: string;
  state?: "ready" | "unknown" | "refused" | "done";
  message?: string;
  problem?: string;
};

/** The capture's id. */
export async function makePayment(
  db: Db,
  { books, processorAccountId }: Pick<Desk, "books" | "processorAccountId">,
  made: Made,
): Promise<string> {
  const { minor = 10_000, currency = "AUD", payer = "Pat Payer", email = "pat@clients.example" } = made;
  const { firmId, connectionId } = books;
  const [checkout, attempt, capture, posting] = Array.from({ length: 4 }, () => randomUUID());
  const key = randomBytes(5).toString("hex").toUpperCase();
  const { number = `INV-${key}`, reference = `CF-${key}`, state = "done" } = made;
  await db.execute(sql`insert into checkouts (id, token_hash, firm_id, connection_id, contact_id, currency, back_path)
    values (${checkout}, ${key}, ${firmId}, ${connectionId}, 'contact', ${currency}, '/pay')`);
  await db.execute(sql`insert into attempts (id, firm_id, connection_id, checkout_id, processor_account_id, state, currency, amount_minor, expires_at, payer_name, payer_email)
    values (${attempt}, ${firmId}, ${connectionId}, ${checkout}, ${processorAccountId}, 'captured', ${currency}, ${minor}, now(), ${payer}, ${email})`);
  await db.execute(sql`insert into captures (id, firm_id, connection_id, attempt_id, processor_account_id, object_ref, currency, amount_minor, method, captured_at, problem)
    values (${capture}, ${firmId}, ${connectionId}, ${attempt}, ${processorAccountId}, ${`pi_${key}`}, ${currency}, ${minor}, 'Visa ending 4242', ${made.at}, ${made.problem ?? null})`);
  if (made.problem) return String(capture);
  await db.execute(sql`insert into allocations (firm_id, capture_id, invoice_id, invoice_number, amount_minor)
    values (${firmId}, ${capture}, ${key}, ${number}, ${minor})`);
  const done = state === "done";
  await db.execute(sql`insert into postings (id, firm_id, connection_id, kind, source_id, reference, account_id, currency, date, state, message, xero_id, done_at, due_at)
    values (${posting}, ${firmId}, ${connectionId}, 'payment', ${capture}, ${reference}, 'clearing', ${currency}, '2026-11-01', ${state}, ${made.message ?? null},
      ${done ? randomUUID() : null}, ${done ? sql`now()` : null}, now() + interval '1 day')`);
  await db.execute(sql`insert into posting_lines (posting_id, firm_id, connection_id, invoice_id, amount_minor)
    values (${posting}, ${firmId}, ${connectionId}, ${key}, ${minor})`);
  return String(capture);
}
