import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { noticeGap } from "#lib/core/restored-database.ts";
import { testDb } from "#lib/testing/database.ts";
import { startMetrics } from "./metrics.ts";

const db = testDb();
const heard: { url: string; body: string }[] = [];
const collector = createServer(async (request, response) => {
  heard.push({ url: request.url ?? "", body: (await buffer(request)).toString("latin1") });
  response.end();
});

afterAll(() => void collector.close());

test("a collector hears how old the heartbeat is and what waits, and nothing else", async () => {
  await once(collector.listen(0, "127.0.0.1"), "listening");
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  await noticeGap(db(), async () => {});
  const end = startMetrics(db());
  await end();
  expect(heard).toMatchObject([{ url: "/v1/metrics" }]);
  for (const name of ["counterfoil-worker", "counterfoil.worker.heartbeat.age", "xero_webhook"])
    expect(heard[0]?.body).toContain(name);
});
