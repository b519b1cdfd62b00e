import { json } from "../../core/reply.ts";
import { statement } from "../../core/sql.ts";
import type { Req, Res, World } from "../../core/types.ts";
import type { Account } from "../accounts.ts";
import { stripeNow } from "../clock.ts";
import { StripeRefusal } from "./errors.ts";
import type { Tree } from "./form.ts";

const LIFE_MS = 86_400_000;

type Kept = { path: string; params: string; status: number; body: string; requestId: string };

const mismatch = (message: string) => new StripeRefusal(400, { type: "idempotency_error", message });

function keyOf(req: Req): string {
  const key = req.method === "POST" ? String(req.headers["idempotency-key"] ?? "") : "";
  if (key.length > 255) throw mismatch("Idempotency keys must be 255 characters or less.");
  return key;
}

const running = new WeakMap<World, Set<string>>();

/**
 * Runs a request under its idempotency key, alone: TYPES, error code idempotency_key_in_use, for a second one that comes
 * while the first still runs. The words are Stripe's, from public logs.
 */
export async function alone(world: World, req: Req, work: () => Promise<Res>): Promise<Res> {
  const key = keyOf(req);
  if (!key) return work();
  const mine = `${req.headers.authorization} ${key}`;
  const all = running.get(world) ?? new Set();
  running.set(world, all);
  if (all.has(mine)) {
    throw new StripeRefusal(409, {
      type: "idempotency_error",
      code: "idempotency_key_in_use",
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    });
  }
  all.add(mine);
  try {
    return await work();
  } finally {
    all.delete(mine);
  }
}

/** The answer given before under this key, if any. Keys live a day and belong to one account. */
export function replay(world: World, account: Account, req: Req, params: Tree): Res | undefined {
  const key = keyOf(req);
  if (!key) return undefined;
  const kept = statement(
    world.db,
    `select path, params, status, body, request_id as requestId from stripe_idempotency
     where account = ? and key = ? and at > ?`,
  ).get(account.id, key, stripeNow(world) - LIFE_MS) as Kept | undefined;
  if (!kept) return undefined;
  const advice = `Try using a key other than '${key}' if you meant to execute a different request.`;
  if (kept.path !== req.path) {
    throw mismatch(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${req.path}' vs '${kept.path}'). ${advice}`,
    );
  }
  if (kept.params !== JSON.stringify(params)) {
    throw mismatch(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. ${advice}`,
    );
  }
  return json(JSON.parse(kept.body), kept.status, {
    "idempotent-replayed": "true",
    "original-request": kept.requestId,
  });
}

/** For answers of a request that ran; one refused for its parameters may be mended under the same key. */
export function keep(
  world: World,
  account: Account,
  req: Req,
  params: Tree,
  res: Res,
  requestId: string,
): void {
  const key = keyOf(req);
  if (!key) return;
  statement(world.db, "insert or replace into stripe_idempotency values (?, ?, ?, ?, ?, ?, ?, ?)").run(
    account.id,
    key,
    req.path,
    JSON.stringify(params),
    res.status,
    String(res.body),
    requestId,
    stripeNow(world),
  );
}
