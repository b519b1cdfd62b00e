/** What staff and other systems ask of orders, over few and over very many of them: two databases of one server, in turn. */
import pg from "pg";
import { fillOrders } from "#lib/testing/many-orders.ts";
import type { Stack } from "../../scripts/stack/stack.ts";
import { median, quantile } from "../measure/numbers.ts";
import type { OrderBench } from "../measure/order-senders.ts";
import type { Control } from "../simulator.ts";
import { fillMirror } from "./scale-rows.ts";
import { copyOf } from "./small-copy.ts";
import { child } from "./sync-child.ts";

type Options = { orders: number; limits: object; say: (step: string) => void };

const SMALL = 1_000;
const OTHERS = { organisations: 9, invoicesEach: 100 };

/** The stack's web process is stopped. */
export async function ordersAtScale(stack: Stack, control: Control, { orders, limits, say }: Options) {
  await stack.web.stop();
  await control.post("/xero/settings", { limits });
  const large = new pg.Client({ connectionString: stack.databaseUrl });
  await large.connect();
  say("Nine other firms; one with books, settings and keys");
  await fillMirror(large, OTHERS);
  await large.end();
  const { tenantId } = await control.post<{ tenantId: string }>("/xero/organisations", {
    ...{ name: "Scale Orders", shortCode: "!scale", country: "AU", invoices: 200 },
  });
  const bench = await child<OrderBench>(stack, [tenantId], "../orders.child.ts").done;
  const smallUrl = await copyOf(stack.databaseUrl, "counterfoil_few_orders");

  const filled = async (connectionString: string, many: number) => {
    say(`${many} orders`);
    const client = new pg.Client({ connectionString });
    await client.connect();
    const there = await fillOrders(client, { orders: many, connectionId: bench.connectionId });
    await client.end();
    return there;
  };
  const size = { small: await filled(smallUrl, SMALL), large: await filled(stack.databaseUrl, orders) };
  say("The same questions of both in turn, 20 times each");
  const timesMs = await child<Record<string, Record<"small" | "large", number[]>>>(
    stack,
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
