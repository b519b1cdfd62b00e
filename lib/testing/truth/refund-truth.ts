/** Test only: whether what went back is the same in Stripe, in Xero and here, to the cent and once. */
import { sql } from "drizzle-orm";
import type { Db } from "#lib/core/db.ts";
import type { Simulator } from "../simulator-process.ts";
import { hundredths } from "../stripe-units.ts";

type TrueRefund = { id: string; amount: number; currency: string; status: string; payment_intent: string };
type TrueCredit = {
  id: string;
  reference: string;
  contactId: string;
  status: string;
  total: number;
  remainingCredit: number;
  lines: { taxType: string | null; accountId: string | null }[];
};

const isLive = ({ status }: { status: string }) => status !== "VOIDED" && status !== "DELETED";

/** Of one organisation, or of all. */
export async function creditNotesOf(simulator: Simulator, tenantId?: string): Promise<TrueCredit[]> {
  const { creditNotes } = await simulator.control<{ creditNotes: TrueCredit[] }>(
    "GET",
    `/control/xero/credit-notes${tenantId ? `?tenantId=${tenantId}` : ""}`,
  );
  return creditNotes.filter(isLive);
}

async function refundsInStripe(simulator: Simulator): Promise<TrueRefund[]> {
  const { accounts } = await simulator.control<{ accounts: { refunds: TrueRefund[] }[] }>(
    "GET",
    "/control/stripe/truth",
  );
  return accounts.flatMap((account) => account.refunds).filter(({ status }) => status === "succeeded");
}

/**
 * Every way in which refunds disagree, as sentences. Each that Stripe has paid is kept here once, no capture gave back
 * more than it took, and each share of one is one credit note of that total, paid out once. Ask when all is settled.
 */
export async function breaksOfRefunds(db: Db, simulator: Simulator): Promise<string[]> {
  const theirs = await refundsInStripe(simulator);
  const { rows: ours } = await db.execute<{ ref: string; amount: string; intent: string; taken: string }>(sql`
    select r.object_ref as ref, r.amount_minor::text as amount, c.object_ref as intent, c.amount_minor::text as taken
    from refunds r join captures c on c.id = r.capture_id where r.state = 'succeeded'`);
  const { rows: open } = await db.execute<{ id: string; state: string }>(
    sql`select id, state from refunds where state in ('asked', 'pending')`,
  );
  const { rows: shares } = await db.execute<{ id: string; amount: string }>(sql`
    select l.id, l.amount_minor::text as amount from refund_lines l join refunds r on r.id = l.refund_id
    where r.state = 'succeeded'`);
  const said = (rows: { ref: string; amount: string; intent: string }[]) =>
    rows.map(({ ref, amount, intent }) => `${ref} ${amount} of ${intent}`).sort();
  const here = said(ours);
  const there = said(
    theirs.map((one) => ({
      ref: one.id,
      amount: hundredths(one.amount, one.currency),
      intent: one.payment_intent,
    })),
  );
  return [
    ...there.filter((one) => !here.includes(one)).map((one) => `Stripe's refund ${one} is not ours`),
    ...here
      .filter((one, at) => !there.includes(one) || here.indexOf(one) !== at)
      .map((one) => `Nobody paid ${one}`),
    ...[...Map.groupBy(ours, (one) => one.intent)].flatMap(([intent, rows]) => {
      const back = rows.reduce((sum, one) => sum + BigInt(one.amount), 0n);
      return back > BigInt(rows[0]?.taken ?? 0) ? [`${intent} gave back ${back}, more than it took`] : [];
    }),
    ...open.map(({ id, state }) => `The refund ${id} is ${state} for ever`),
    ...(await breaksInXero(db, simulator, shares)),
  ];
}

async function breaksInXero(
  db: Db,
  simulator: Simulator,
  shares: { id: string; amount: string }[],
): Promise<string[]> {
  const { rows: postings } = await db.execute<{
    share: string;
    reference: string;
    kind: string;
    state: string;
  }>(
    sql`select source_id as share, reference, kind, state from postings where kind in ('credit_note', 'credit_refund')`,
  );
  const notes = await creditNotesOf(simulator);
  const { payments } = await simulator.control<{ payments: { reference: string; amount: number }[] }>(
    "GET",
    "/control/xero/payments?status=AUTHORISED",
  );
  return shares.flatMap(({ id, amount }) => {
    const of = (kind: string) => postings.find((one) => one.share === id && one.kind === kind);
    const [note, refund] = [of("credit_note"), of("credit_refund")];
    const written = notes.filter((one) => one.reference === note?.reference);
    const paidOut = payments.filter((one) => one.reference === refund?.reference);
    const [first] = written;
    const good =
      note?.state === "done" &&
      refund?.state === "done" &&
      written.length === 1 &&
      first?.total === Number(amount) &&
      first.remainingCredit === 0 &&
      paidOut.length === 1 &&
      paidOut[0]?.amount === Number(amount);
    return good
      ? []
      : [
          `The share ${amount}: credit note ${note?.state}, ${written.map((one) => `${one.total}, ${one.remainingCredit} left`).join("; ")}; refund ${refund?.state}, paid out ${paidOut.map((one) => one.amount).join(", ")}`,
        ];
  });
}
