import { json } from "../core/reply.ts";
import { transaction } from "../core/sql.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import type { Account } from "./accounts.ts";
import { runClockwork } from "./clockwork.ts";
import { authenticate } from "./wire/authentication.ts";
import { errorAnswer, FinalRefusal, StripeRefusal } from "./wire/errors.ts";
import { expand } from "./wire/expand.ts";
import { parseForm } from "./wire/form.ts";
import { alone, keep, replay } from "./wire/idempotency.ts";
import { newId } from "./wire/ids.ts";
import { Params } from "./wire/params.ts";
import { API_VERSION, shownIn, type Version, versionOf } from "./wire/version.ts";

/** One authenticated call. `id` is the path's; `request` goes into the events it causes. */
export type Call = {
  world: World;
  account: Account;
  params: Params;
  id: string;
  path: string;
  request: { id: string | null; idempotency_key: string | null };
};

/** Returns the object to show; expansion, errors, idempotency and headers are the door's work. */
export type ApiHandler = (call: Call) => object;

function answer(handler: ApiHandler, req: Req, world: World, requestId: string): Res {
  const account = authenticate(req, world);
  const version = versionOf(req);
  const tree = parseForm(req.method === "POST" ? req.form() : req.url.searchParams);
  const before = replay(world, account, req, tree);
  if (before) return before;
  const params = new Params(tree);
  const paths = params.texts("expand");
  const idempotencyKey = req.headers["idempotency-key"];
  const request = { id: requestId, idempotency_key: idempotencyKey ? String(idempotencyKey) : null };
  const call = { world, account, params, id: req.params.id ?? "", path: req.path, request };
  const res = run(handler, call, req, { paths, version });
  keep(world, account, req, tree, res, requestId);
  return res;
}

function run(
  handler: ApiHandler,
  call: Call,
  req: Req,
  { paths, version }: { paths: string[]; version: Version },
): Res {
  try {
    return json(shownIn(version, expand(call.world, call.account, handler(call), paths)));
  } catch (error) {
    if (!(error instanceof FinalRefusal)) throw error;
    return refusal(error, req, call.world, call.request.id ?? "");
  }
}

function refusal(error: StripeRefusal, req: Req, world: World, requestId: string): Res {
  const { payment_intent: _, ...body } = error.body;
  world.journal.write("stripe.refused", { requestId, method: req.method, path: req.path, ...body });
  return errorAnswer(error, requestId);
}

async function serve(handler: ApiHandler, req: Req, world: World): Promise<Res> {
  const requestId = newId("req_");
  const headers: Record<string, string | string[]> = {
    "request-id": requestId,
    "stripe-version": String(req.headers["stripe-version"] ?? API_VERSION),
  };
  const idempotencyKey = req.headers["idempotency-key"];
  if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
  try {
    const res = await alone(world, req, async () => {
      await req.pause();
      runClockwork(world);
      return transaction(world.db, () => answer(handler, req, world, requestId));
    });
    return { ...res, headers: { ...headers, ...res.headers } };
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    const res = refusal(error, req, world, requestId);
    return { ...res, headers: { ...headers, ...res.headers } };
  }
}

export function api(method: "GET" | "POST" | "DELETE", pattern: string, handler: ApiHandler): Route {
  return { method, pattern, pauses: true, handler: (req, world) => serve(handler, req, world) };
}
