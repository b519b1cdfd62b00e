/** What staff and other systems ask of orders, over few and over very many of them: two databases of one server, in turn. */
import pg from "pg";
import { migrateDatabase } from "../../db/migrate.ts";
import { QUEUE_SCHEMA } from "../../lib/core/queue/queue-schema.ts";
import { QUEUES } from "../../lib/jobs/queues.ts";
import { fillOrders } from "../../lib/testing/orders/many-orders.ts";
import type { Stack } from "../../scripts/stack/stack.ts";
import { median, quantile } from "../measure/numbers.ts";
import type { OrderBench } from "../measure/order-senders.ts";
import type { Control } from "../simulator.ts";
import { newDatabase } from "./new-database.ts";
import { child } from "./sync-child.ts";

type Options = { orders: number; limits: object; say: (step: string) => void };

const SMALL = 1_000;

/** In databases of their own beside the stack's. */
export async function ordersAtScale(stack: Stack, control: Control, { orders, limits, say }: Options) {
  await control.post("/xero/settings", { limits });
  say("A firm with books, settings and keys");
  const largeUrl = await newDatabase(stack.databaseUrl, "counterfoil_many_orders");
  await migrateDatabase(largeUrl, QUEUES, QUEUE_SCHEMA);
  const { tenantId } = await control.post<{ tenantId: string }>("/xero/organisations", {
    ...{ name: "Scale Orders", shortCode: "!scale", country: "AU", invoices: 200 },
  });
  const over = { ...stack, env: { ...stack.env, DATABASE_URL: largeUrl } };
  const bench = await child<OrderBench>(over, [tenantId], "../orders.child.ts").done;
  const smallUrl = await newDatabase(largeUrl, "counterfoil_few_orders", { copied: true });

  const filled = async (connectionString: string, many: number) => {
    say(`${many} orders`);
    const client = new pg.Client({ connectionString });
    await client.connect();
    const there = await fillOrders(client, { orders: many, connectionId: bench.connectionId });
    await client.end();
    return there;
  };
  const size = { small: await filled(smallUrl, SMALL), large: await filled(largeUrl, orders) };
  say("The same questions of both in turn, 20 times each");
  const timesMs = await child<Record<string, Record<"small" | "large", number[]>>>(
    over,
    [smallUrl, JSON.stringify(bench)],
    "order-questions.child.ts",
  ).done;
  const questions = Object.fromEntries(
    Object.entries(timesMs).map(([name, { small, large }]) => {
      const [few, many] = [median(small), median(large)];
      return [
        name,
        { smallP50Ms: few, largeP50Ms: many, largeMostMs: quantile(large, 1), ratio: many / few },
      ];
    }),
  );
  return { size, questions };
}
