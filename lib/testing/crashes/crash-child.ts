/** Test only: the process that is killed. Loads the product, says so, waits for its orders, and obeys them once. */
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { closeDb, db } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import type { Books } from "#lib/mirror/books.ts";
import { catchUp } from "#lib/mirror/sync/catch-up.ts";
import { acceptOrders, type Sender } from "#lib/orders/accept/accept-orders.ts";
import { cancelOrder } from "#lib/orders/take-back/cancel-order.ts";
import { refundOrder } from "#lib/orders/take-back/refund-order.ts";
import { cancelAttempt, settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { readDispute } from "#lib/payments/disputes/record-dispute.ts";
import { postRefundsAndDisputes } from "#lib/payments/post-refunds-and-disputes.ts";
import { startRefund } from "#lib/payments/refunds/start-refund.ts";
import { pollPayouts } from "#lib/payouts/read-from-processor.ts";
import { runDuePosting } from "#lib/posting/sending/run-due.ts";
import { freshAccessToken } from "#lib/xero/tokens/refresh.ts";
import { commit, type Place, pageOf } from "../desk.ts";
import { bringForward } from "../truth/truth.ts";
import type { CrashPlan } from "./crash-points.ts";

export type Orders = CrashPlan & {
  work:
    | { kind: "postings"; pauseMs: number }
    /** As a worker writes to Xero, until it is killed. */
    | { kind: "lane" }
    | { kind: "accept"; sender: Sender; sent: object[] }
    | { kind: "cancel-order"; sender: Sender; orderId: string }
    | { kind: "refund-order"; sender: Sender; orderId: string; sent: object }
    | { kind: "token"; grantId: string }
    | { kind: "payouts" }
    | { kind: "catch-up"; books: Books }
    | { kind: "commit"; place: Place; token: string }
    | { kind: "settle" | "cancel"; attemptId: string }
    | { kind: "dispute"; processorAccountId: string; objectRef: string }
    | { kind: "refund"; caller: FirmCaller; captureId: string; amount: string };
};

/** What nobody has killed by then ends: there was too little to write. */
const LANE_MS = 20_000;

const found = (globalThis as { crashPoints?: { counting: boolean; plan: CrashPlan; points: string[] } })
  .crashPoints;
if (!found) throw new Error("Load crash-points.ts with --import");
const points = found;
log.level = "silent";

async function counted<T>(work: () => Promise<T>): Promise<T> {
  points.counting = true;
  try {
    return await work();
  } finally {
    points.counting = false;
  }
}

await db().execute("select 1");
fs.writeSync(1, `${JSON.stringify({ ready: true })}\n`);
const { work, ...plan } = JSON.parse(readLine()) as Orders;
points.plan = plan;
await obey();
fs.writeSync(1, `${JSON.stringify({ points: points.points })}\n`);
await closeDb();
process.exit(0);

async function obey(): Promise<unknown> {
  switch (work.kind) {
    case "postings":
      return bringToRest(work.pauseMs);
    case "lane":
      return counted(lane);
    case "accept":
      return counted(() => acceptOrders(db(), work.sender, work.sent, { mode: "each", onFault: "hold" }));
    case "cancel-order":
      return counted(() => cancelOrder(db(), work.sender, work.orderId));
    case "refund-order":
      return counted(() => refundOrder(db(), work.sender, work));
    case "payouts":
      return counted(() => pollPayouts(db()));
    case "token":
      return counted(() => freshAccessToken(db(), work.grantId)).catch(() => {});
    case "catch-up":
      return counted(() => catchUp(db(), work.books));
    case "commit": {
      const desk = { db: db(), place: work.place };
      const page = await pageOf(desk, work.token);
      return counted(() => commit(desk, work.token, { page }));
    }
    case "settle":
      return counted(() => settleAttempt(db(), work.attemptId)).catch(() => {});
    case "refund": {
      const asked = {
        refundId: randomUUID(),
        captureId: work.captureId,
        amountMinor: BigInt(work.amount),
        note: "A crash",
      };
      return counted(async () => {
        await startRefund(db(), work.caller, asked);
        await postRefundsAndDisputes(db());
      }).catch(() => {});
    }
    case "dispute":
      return counted(async () => {
        await readDispute(db(), work);
        await postRefundsAndDisputes(db());
      });
    case "cancel":
      return counted(() => cancelAttempt(db(), work.attemptId)).catch(() => {});
  }
}

async function bringToRest(pauseMs: number): Promise<void> {
  for (let steps = 0; steps < 20; steps += 1) {
    await bringForward(db());
    if (!(await counted(() => runDuePosting(db())))) return;
    if (pauseMs > 0) await new Promise((later) => setTimeout(later, pauseMs));
  }
}

async function lane(): Promise<void> {
  for (const end = Date.now() + LANE_MS; Date.now() < end; )
    if (!(await runDuePosting(db()))) await new Promise((later) => setTimeout(later, 100));
}

function readLine(): string {
  const byte = Buffer.alloc(1);
  let line = "";
  while (fs.readSync(0, byte) === 1 && byte.toString() !== "\n") line += byte.toString();
  return line;
}
