import { randomUUID } from "node:crypto";
/** Test only: money goes back, by staff's refund or a lost dispute, and the plug is pulled at one effect of it. */
import { sql } from "drizzle-orm";
import { readDispute } from "#lib/payments/disputes/record-dispute.ts";
import { postRefundsAndDisputes } from "#lib/payments/post-refunds-and-disputes.ts";
import { startRefund } from "#lib/payments/refunds/start-refund.ts";
import type { Capture } from "#lib/payments/store.ts";
import type { Desk } from "../desk.ts";
import { breaksInTheEnd, paidByCard } from "../refunds.ts";
import { buried, runToIdle } from "../truth/truth.ts";
import type { Crasher } from "./crash.ts";
import type { Orders } from "./crash-child.ts";

/**
 * Asking Stripe or hearing of it, up to the promise to tell Xero; and the telling, of a credit note and its payment, of a
 * payment that is taken off, whole or for a part, or of one that is written again.
 */
export const BACKS = [
  "refund",
  "refund in Xero",
  "dispute",
  "dispute in Xero",
  "dispute of a part in Xero",
  "dispute won after all",
  "dispute won after all in Xero",
] as const;
export type BackCrash = { back: (typeof BACKS)[number]; at: number; fault?: object };

/** Of a dispute over both invoices that is lost for the rest: an odd cent is shared unevenly. */
const GIVEN_BACK = 8_001;

/** What a refund takes of a payment over two invoices, so that one cent is shared unevenly. */
const SHARE = 101n;

/** Refunds take from one payment while it has enough. */
export function backCrasher(desk: Desk, crasher: Crasher) {
  let paid: { capture: Capture; left: bigint } | undefined;
  const refundable = async () => {
    if (!paid || paid.left < SHARE) {
      const capture = await paidByCard(desk, 2);
      paid = { capture, left: capture.amountMinor };
    }
    paid.left -= SHARE;
    return paid.capture;
  };
  return async ({ back, at, fault }: BackCrash): Promise<{ breaks: string[]; points: string[] | null }> => {
    const { work, after } = await prepared(desk, back, refundable);
    const path = work.kind === "postings" ? "/api.xro/2.0/*" : "/v1/*";
    if (fault)
      await desk.simulator.control("POST", "/control/faults", { method: "*", path, times: 2, effect: fault });
    const { points } = await crasher.run({ at, how: "kill", work });
    await desk.simulator.control("DELETE", "/control/faults");
    await buried(desk.db);
    const also = await after();
    return { points, breaks: [...also, ...(await breaksInTheEnd(desk))] };
  };
}

type Prepared = { work: Orders["work"]; after(): Promise<string[]> };

async function prepared(
  desk: Desk,
  back: BackCrash["back"],
  refundable: () => Promise<Capture>,
): Promise<Prepared> {
  const { db, caller } = desk;
  if (back === "refund" || back === "refund in Xero") {
    const { id: captureId } = await refundable();
    const nothing = async () => [];
    if (back === "refund")
      return { work: { kind: "refund", caller, captureId, amount: String(SHARE) }, after: nothing };
    await startRefund(db, caller, { refundId: randomUUID(), captureId, amountMinor: SHARE, note: "A crash" });
    await postRefundsAndDisputes(db);
    return { work: { kind: "postings", pauseMs: 0 }, after: nothing };
  }
  const capture = await paidByCard(desk, 2);
  const givenBack = back === "dispute of a part in Xero" ? GIVEN_BACK : 0;
  const dispute = await lost(desk, capture, givenBack);
  const told = async () => {
    await readDispute(db, dispute);
    await postRefundsAndDisputes(db);
  };
  const isWon = back.startsWith("dispute won");
  const after = async () => {
    await told();
    await runToIdle(db);
    const standing = isWon ? capture.amountMinor : BigInt(givenBack);
    return [...(await takenOff(desk, capture)), ...(await standsFor(desk, capture, standing))];
  };
  if (back === "dispute") return { work: { kind: "dispute", ...dispute }, after };
  await told();
  if (!isWon) return { work: { kind: "postings", pauseMs: 0 }, after };
  await runToIdle(db);
  await desk.simulator.control("POST", "/control/stripe/dispute-answer", {
    ...{ dispute: dispute.objectRef, answer: "won" },
  });
  if (back === "dispute won after all") return { work: { kind: "dispute", ...dispute }, after };
  await told();
  return { work: { kind: "postings", pauseMs: 0 }, after };
}

/** The bank has taken this payment back, or most of it; nobody here has heard of it. */
async function lost({ simulator }: Desk, { objectRef, processorAccountId }: Capture, givenBack: number) {
  const { id } = await simulator.control<{ id: string }>("POST", "/control/stripe/dispute", {
    payment: objectRef,
  });
  await simulator.control("POST", "/control/stripe/dispute-answer", {
    ...{ dispute: id, answer: "lost", givenBack },
  });
  return { processorAccountId, objectRef: id };
}

/** What of it stands in Xero in the end, by what is on record; that the record is true, `breaks` sees. */
async function standsFor({ db }: Desk, { id }: Capture, wanted: bigint): Promise<string[]> {
  const { rows } = await db.execute<{ minor: string }>(sql`
    select coalesce(sum(l.amount_minor), 0)::text as minor from postings p join posting_lines l on l.posting_id = p.id
    where p.state = 'done' and (p.source_id = ${id} or p.source_id in (select id from dispute_moves where capture_id = ${id}))
      and not exists (select 1 from postings r where r.kind = 'removal' and r.state = 'done' and r.target_id = p.xero_id)`);
  const found = BigInt(rows[0]?.minor ?? 0);
  return found === wanted ? [] : [`Of the disputed payment ${id} stands ${found}, not ${wanted}`];
}

/** Once, in the end; that it is gone in Xero, `breaks` sees. */
async function takenOff({ db }: Desk, { id }: Capture): Promise<string[]> {
  const { rows } = await db.execute<{ state: string }>(sql`
    select p.state from postings p join dispute_moves m on m.id = p.source_id where p.kind = 'removal' and m.capture_id = ${id}`);
  const states = rows.map(({ state }) => state).join();
  return states === "done" ? [] : [`The lost payment ${id} is taken off: ${states || "never"}`];
}
