import { json } from "../core/reply.ts";
import { statement } from "../core/sql.ts";
import type { Req, Res, World } from "../core/types.ts";
import type { Account } from "./accounts.ts";
import { stripeNow } from "./clock.ts";
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
