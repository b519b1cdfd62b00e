/** Xero's books and pages, put together. Others ask organisations.ts and webhooks.ts directly. */
import type { Route, World } from "../core/types.ts";
import type { Seed } from "../seed.ts";
import { booksRoutes } from "./books/index.ts";
import { gatewayRoute } from "./gateway/index.ts";
import { onlineInvoiceRoute } from "./online-invoice.ts";
import { onlinePaymentsRoutes } from "./online-payments.ts";
import { seedDemo } from "./seeds/demo.ts";
import { seedLarge } from "./seeds/large.ts";
import { fileTable } from "./store/files.ts";
import { createTable } from "./store/rows.ts";
import { webhookTables } from "./webhooks/webhook-queue.ts";
import { tickWebhooks } from "./webhooks/webhooks.ts";

export const xeroRoutes: Route[] = [
  gatewayRoute,
  ...booksRoutes,
  onlineInvoiceRoute,
  ...onlinePaymentsRoutes,
];

export function initXero({ db }: World): void {
  db.exec(createTable);
  db.exec(fileTable);
  const columns = db.prepare("select name from pragma_table_info('xero_rows')").all();
  // Books of before histories said who was at work.
  if (!columns.some(({ name }) => name === "written_by"))
    db.exec("alter table xero_rows add column written_by text");
  db.exec(webhookTables);
  db.exec(`
create table if not exists xero_usage (
  client_id text not null, owner text not null, name text not null, started_at integer not null, used integer not null,
  primary key (client_id, owner, name)) strict;
create table if not exists xero_idempotency (
  client_id text not null, key text not null, asked text not null, at integer not null, res text not null,
  primary key (client_id, key)) strict;`);
}

export function seedXero(world: World, seed: Seed): void {
  if (seed.seed === "demo") seedDemo(world);
  else seedLarge(world, seed);
}

const tickMs = 1000;
const heldMs = 5000;

/** Retries that have come due by the simulator's clock. Returns how to stop. */
export function startXeroTimers(world: World): () => void {
  const timer = setInterval(() => world.later("xero.webhooks", () => tickWebhooks(world, heldMs)), tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
