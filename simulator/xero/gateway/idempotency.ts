/** Idempotency-Key (xero-platform.md 3.3): the first answer, error or not, is the only one for six minutes. */
import { createHash } from "node:crypto";
import { getSetting } from "../../core/settings.ts";
import { statement } from "../../core/sql.ts";
import type { Req, Res, World } from "../../core/types.ts";

export const windowSetting = "xero.idempotencySeconds";
const realSeconds = 360;

export const idempotencySeconds = (world: World): number => getSetting(world, windowSetting, realSeconds);

/** Runs the work once a key. Call it inside the work's transaction, so that answer and effect are one. */
export function once(world: World, clientId: string, tenantId: string, req: Req, work: () => Res): Res {
  const key = req.headers["idempotency-key"];
  if (typeof key !== "string" || key === "" || !/^(POST|PUT|PATCH)$/.test(req.method)) return work();
  if (key.length > 128) return refuse("Idempotency Key: the maximum length is 128 characters.");

  const asked = fingerprint(tenantId, req);
  const since = world.clock.now() - idempotencySeconds(world) * 1000;
  const kept = statement(
    world.db,
    "select asked, res from xero_idempotency where client_id = ? and key = ? and at > ?",
  ).get(clientId, key, since);
  if (kept && kept.asked !== asked)
    return refuse(`Idempotency Key: ${key} is used with a different request.`);
  if (kept) {
    world.journal.write("xero.replayed", { clientId, tenantId, key });
    return JSON.parse(String(kept.res));
  }

  const res = work();
  statement(world.db, "insert or replace into xero_idempotency values (?, ?, ?, ?, ?)").run(
    clientId,
    key,
    asked,
    world.clock.now(),
    JSON.stringify(res),
  );
  return res;
}

function fingerprint(tenantId: string, { method, url, raw }: Req): string {
  return createHash("sha256")
    .update(`${method} ${url.pathname}${url.search} ${tenantId}\n`)
    .update(raw)
    .digest("hex");
}

function refuse(detail: string): Res {
  return {
    status: 400,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ Type: null, Title: "Bad Request", Status: 400, Detail: detail, Extensions: {} }),
  };
}
