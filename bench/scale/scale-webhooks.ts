/** Xero's deliveries into the real web process, each stored before it is answered, against a route that does nothing. */
import { createHmac, randomUUID } from "node:crypto";
import pg from "pg";
import type { Stack } from "../../scripts/stack/stack.ts";
import { closedLoop, type Turn } from "../measure/closed-loop.ts";
import { ratio } from "./scale-page.ts";

type Options = {
  rounds: number;
  seconds: number;
  visitors: number;
  webhookKey: string;
  say: (step: string) => void;
};

export async function webhooksAtScale(stack: Stack, { rounds, seconds, visitors, webhookKey, say }: Options) {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ app_id: string; tenant_id: string }>(
    `select app_id, tenant_id from connections join grants on grants.id = grant_id where ended_at is null limit 200`,
  );
  const appId = rows[0]?.app_id ?? "";
  let sequence = 0;
  const delivery = (url: string) => () => {
    sequence += 1;
    const event = {
      tenantId: rows[sequence % rows.length]?.tenant_id,
      resourceId: randomUUID(),
      resourceUrl: "https://api.xero.com/api.xro/2.0/Invoices/0",
      eventCategory: "INVOICE",
      eventType: "UPDATE",
      eventDateUtc: new Date().toISOString(),
      tenantType: "ORGANISATION",
    };
    const body = JSON.stringify({
      events: [event],
      firstEventSequence: sequence,
      lastEventSequence: sequence,
      entropy: randomUUID(),
    });
    const signature = createHmac("sha256", webhookKey).update(body).digest("base64");
    return { url, body, headers: { "content-type": "application/json", "x-xero-signature": signature } };
  };
  const intake = delivery(`${stack.webUrl}/api/xero/webhook/${appId}`);
  const nothing = delivery(`${stack.webUrl}/api/bench/empty`);
  for (const next of [nothing, intake]) await closedLoop(next, { visitors, seconds: 3 });

  say(`Deliveries, ${rounds} rounds of ${seconds} s in turn with a route that does nothing`);
  const before = await stored(client);
  const turns: { intake: Turn[]; empty: Turn[] } = { intake: [], empty: [] };
  for (let round = 0; round < rounds; round += 1) {
    turns.empty.push(await closedLoop(nothing, { visitors, seconds }));
    turns.intake.push(await closedLoop(intake, { visitors, seconds }));
  }
  const added = (await stored(client)) - before;
  await client.end();
  return {
    how: { rounds, seconds, visitors },
    ...turns,
    ratio: ratio(turns.intake, turns.empty, "requestsPerSecond"),
    answered: turns.intake.reduce((sum, { answered }) => sum + answered, 0),
    failed: turns.intake.reduce((sum, { failed }) => sum + failed, 0),
    stored: added,
  };
}

async function stored(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from webhook_inbox`);
  return rows[0]?.count ?? 0;
}
