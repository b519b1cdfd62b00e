/** Faults on requests (core/types.ts, Fault) and on webhooks. */
import { z } from "zod";
import { addFault, listFaults, removeFaults } from "../core/faults.ts";
import { ODD_ANSWERS } from "../core/odd-answers.ts";
import { json } from "../core/reply.ts";
import { setSetting } from "../core/settings.ts";
import type { Fault, Req, Res, Route, World } from "../core/types.ts";
import { getWebhookFaults, webhookFaultsSetting } from "../xero/webhooks/webhooks.ts";
import { number, probability, taking } from "./input.ts";

const ms = number.min(0);

const effect = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("latency"), ms }),
  z.object({
    kind: z.literal("status"),
    status: number.int().min(200).max(599),
    body: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.object({
    kind: z.literal("rate-limit"),
    problem: z.enum(["minute", "day", "appminute", "concurrent"]),
    retryAfterSeconds: number.min(0).optional(),
  }),
  z.object({ kind: z.literal("cut-before") }),
  z.object({ kind: z.literal("cut-after") }),
  z.object({ kind: z.literal("hang-after"), ms }),
  z.object({ kind: z.literal("commit-late"), ms }),
  z.object({ kind: z.literal("stale-read"), seconds: number.min(0) }),
  z.object({ kind: z.literal("odd-answer"), odd: z.enum(ODD_ANSWERS) }),
  z.object({ kind: z.literal("odd-row"), id: z.string().min(1), set: z.record(z.string(), z.unknown()) }),
]);

const fault = z.object({
  id: z.string().min(1).optional(),
  method: z.string().default("*"),
  path: z.string().startsWith("/"),
  times: number.int().min(1).optional(),
  probability: probability.optional(),
  effect,
});

/** The page's form is flat: what is not the request's part is the effect's. */
const flatFault = z.preprocess((input) => {
  if (typeof input !== "object" || input === null || "effect" in input) return input;
  const { method, path, times, probability: share, ...rest } = input as Record<string, unknown>;
  return { method, path, times, probability: share, effect: rest };
}, fault);

const webhookFaults = z.object({
  drop: probability.default(0),
  duplicate: probability.default(0),
  reorder: probability.default(0),
});

export const faultRoutes: Route[] = [
  { method: "GET", pattern: "/control/faults", handler: (_, world) => json({ faults: listFaults(world) }) },
  {
    method: "POST",
    pattern: "/control/faults",
    handler: taking(flatFault, (input, world) => addFault(world, input as Omit<Fault, "id">)),
  },
  { method: "DELETE", pattern: "/control/faults", handler: remove },
  { method: "DELETE", pattern: "/control/faults/:id", handler: remove },
  {
    method: "POST",
    pattern: "/control/faults/clear",
    handler: taking(z.object({ id: z.string().optional() }), ({ id }, world) => ({
      removed: removeFaults(world, id),
    })),
  },
  {
    method: "GET",
    pattern: "/control/webhooks/faults",
    handler: (_, world) => json(getWebhookFaults(world)),
  },
  {
    method: "POST",
    pattern: "/control/webhooks/faults",
    handler: taking(webhookFaults, (input, world) => {
      setSetting(world, webhookFaultsSetting, input);
      world.journal.write("fault.webhooks", input);
      return input;
    }),
  },
];

function remove({ params }: Req, world: World): Res {
  const removed = removeFaults(world, params.id);
  return json({ removed }, removed === 0 && params.id ? 404 : 200);
}
