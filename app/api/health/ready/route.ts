import { db, ping } from "#lib/core/db.ts";
import { log } from "#lib/core/log.ts";

export const dynamic = "force-dynamic";

const PATIENCE_MS = 2_000;

/** This process can work: the database answers within two seconds. 503 when it doesn't; no word about why. */
export async function GET(): Promise<Response> {
  const isReady = await Promise.race([answers(), late()]);
  const headers = { "cache-control": "no-store" };
  return Response.json({ status: isReady ? "ok" : "unavailable" }, { status: isReady ? 200 : 503, headers });
}

async function answers(): Promise<boolean> {
  try {
    await ping(db());
    return true;
  } catch (error) {
    log.warn({ err: error }, "health.database-unavailable");
    return false;
  }
}

function late(): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), PATIENCE_MS).unref());
}
