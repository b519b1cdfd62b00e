/** Reset, clock and journal. */
import { z } from "zod";
import { json } from "../core/reply.ts";
import { getSetting } from "../core/settings.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { resetTo } from "../seeds.ts";
import { tickWebhooks } from "../xero/webhooks/webhooks.ts";
import { number, taking } from "./input.ts";

const reset = z.object({
  seed: z.enum(["demo", "large"]).default("demo"),
  size: z
    .object({ organisations: number.int().min(1).default(1), invoices: number.int().min(0).default(1000) })
    .prefault({}),
});

const clock = z.object({ advanceSeconds: number });

export const simulatorRoutes: Route[] = [
  {
    method: "POST",
    pattern: "/control/reset",
    handler: taking(reset, async ({ seed, size }, world) => {
      await resetTo(world, seed === "demo" ? { seed } : { seed, ...size });
      return { seed, ...clockState(world) };
    }),
  },
  { method: "GET", pattern: "/control/clock", handler: (_, world) => json(clockState(world)) },
  {
    method: "POST",
    pattern: "/control/clock",
    handler: taking(clock, async ({ advanceSeconds }, world) => {
      world.clock.advance(advanceSeconds);
      world.journal.write("simulator.clock", { advanceSeconds });
      await tickWebhooks(world);
      return clockState(world);
    }),
  },
  { method: "GET", pattern: "/control/journal", handler: readJournal },
];

export function clockState(world: World) {
  return {
    now: world.clock.date().toISOString(),
    offsetSeconds: getSetting(world, "clock.offsetMs", 0) / 1000,
  };
}

function readJournal({ url }: Req, world: World): Res {
  const kind = url.searchParams.get("kind");
  const entries = world.journal.read({
    ...(kind && { kind }),
    afterSeq: Number(url.searchParams.get("after") ?? 0),
    limit: Number(url.searchParams.get("limit") ?? 500),
  });
  return json({ entries, lastSeq: entries.at(-1)?.seq ?? null });
}
