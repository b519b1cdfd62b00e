/** Fifty payers at once on a few part-paid invoices while Xero and Stripe lose, delay and double what passes; then all pay who can. */
import { sql } from "drizzle-orm";
import { refreshInvoices } from "../lib/mirror/sync/refresh-invoices.ts";
import { pollAttempts } from "../lib/payments/attempts/poll-attempts.ts";
import { settleAttempt } from "../lib/payments/attempts/settle-attempt.ts";
import { reflectLeftovers } from "../lib/posting/sending/reflect.ts";
import { begin, commit, type Desk, payAtStripe, sessionIn } from "../lib/testing/desk.ts";
import { shuffled } from "../lib/testing/seeded.ts";
import { breaks, holdsLeft, invoiceInXero, runToIdle, sessionsInStripe } from "../lib/testing/truth/truth.ts";

const NUMBERS = ["INV-2009", "INV-2013", "INV-2017"];
const PAYERS = 50;

const WEATHER = [
  { method: "POST", path: "/v1/checkout/sessions", probability: 0.2, effect: { kind: "cut-after" } },
  { method: "POST", path: "/v1/*", probability: 0.1, effect: { kind: "cut-before" } },
  { method: "*", path: "/v1/*", probability: 0.1, effect: { kind: "latency", ms: 80 } },
  { method: "GET", path: "/api.xro/2.0/*", probability: 0.1, effect: { kind: "cut-before" } },
  { method: "GET", path: "/api.xro/2.0/*", probability: 0.1, effect: { kind: "stale-read", seconds: 30 } },
  { method: "POST", path: "/api.xro/2.0/*", probability: 0.3, effect: { kind: "cut-after" } },
  { method: "PUT", path: "/api.xro/2.0/*", probability: 0.3, effect: { kind: "cut-after" } },
  { method: "POST", path: "/connect/token", probability: 0.2, effect: { kind: "cut-after" } },
];

/** What is wrong in the end, and how many were charged. */
export async function storm(desk: Desk, seed: number): Promise<{ breaks: string[]; charged: number }> {
  const { db, simulator } = desk;
  const before = await paid(desk);
  for (const number of NUMBERS) {
    const { id, amountPaid } = await invoiceInXero(simulator, desk.tenantId, number);
    const total = (amountPaid / 100 + 100).toFixed(2);
    await simulator.control("POST", "/control/xero/invoice", {
      tenantId: desk.tenantId,
      invoice: id,
      total,
      status: "AUTHORISED",
    });
    await refreshInvoices(db, desk.books, { ids: [id], purpose: "sync" });
  }
  const tokens = await Promise.all(
    Array.from({ length: PAYERS }, (_, at) => {
      const [number = "", ...also] = shuffled(NUMBERS, seed * 1_000 + at).slice(0, 1 + (at % NUMBERS.length));
      return begin(desk, { number, amount: "100.00" }, { also });
    }),
  );
  for (const fault of WEATHER) await simulator.control("POST", "/control/faults", fault);
  await db.execute(sql`update grants set access_expires_at = now()`);
  const browser = tokens.slice(0, 3);
  const pressed = [...tokens, ...browser, ...browser, ...shuffled(tokens, seed).slice(0, 10)];
  const all = await Promise.allSettled(
    pressed.map((token) => commit(desk, token, browser.includes(token) ? { own: browser } : {})),
  );
  const urls = all.flatMap((one) =>
    one.status === "fulfilled" && one.value.kind === "pay" ? [one.value.url] : [],
  );
  await Promise.all(urls.map((url) => payAtStripe(desk, sessionIn(url))));
  await report(desk);
  await runToIdle(db).catch(() => {});
  await simulator.control("DELETE", "/control/faults");

  // Good weather again, and time goes by.
  await db.execute(
    sql`update attempts set created_at = now() - interval '10 minutes', expires_at = now() - interval '1 second', last_polled_at = null where state in ('creating', 'open')`,
  );
  await report(desk);
  await runToIdle(db);
  await reflectLeftovers(db);
  return {
    breaks: [...(await breaks(db, simulator)), ...(await holdsLeft(db))],
    charged: (await paid(desk)) - before,
  };
}

/** Webhook, return page and poller, all at once. */
async function report({ db }: Desk): Promise<void> {
  const { rows } = await db.execute(sql`select id from attempts where state in ('creating', 'open')`);
  await Promise.allSettled([
    ...rows.flatMap((row) => [settleAttempt(db, String(row.id)), settleAttempt(db, String(row.id))]),
    pollAttempts(db, new Date()),
    pollAttempts(db, new Date()),
  ]);
}

const paid = async ({ simulator }: Desk) =>
  (await sessionsInStripe(simulator)).filter((session) => session.payment_status === "paid").length;
