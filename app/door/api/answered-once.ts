import "server-only";
import { beginRequest, forgetRequest, keepAnswer } from "#lib/api-keys/replays.ts";
import { db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { Problem } from "./problems.ts";

type Keyed = { request: Request; keyId: string; text: string; headers: Headers };
type Said = { status: number; text: string };

/**
 * Runs what a request asks for; where it carries an Idempotency-Key once for thirty days, and answers the same request with what
 * was answered then. A fault that is ours, and what may succeed by itself, is not kept: then the key is as if it were new.
 * Throws Problem when the key was used for something else, or its first request is under way.
 */
export async function answeredOnce(
  { request, keyId, text, headers }: Keyed,
  run: () => Promise<Said>,
): Promise<Said> {
  const key = keyOf(request.headers);
  if (key === null) return run();
  const { pathname, search, searchParams } = new URL(request.url);
  // A dry run leaves the key to the request that it tries out.
  if (searchParams.get("dryRun") === "true") return run();
  const keyed = { keyId, key, requestHash: hashOf(`${request.method} ${pathname}${search}\n${text}`) };
  const begun = await beginRequest(db(), keyed);
  if (begun.kind === "other")
    throw new Problem("key-reused", "An earlier request with this key asked for something else.");
  if (begun.kind === "running")
    throw new Problem("request-running", "Its first request has not ended yet.", { retryAfter: 2 });
  if (begun.kind === "answered") {
    headers.set("content-type", "application/json");
    headers.set("idempotency-replayed", "true");
    return { status: begun.status, text: begun.body };
  }
  let said: Said | undefined;
  try {
    said = await run();
  } finally {
    // One of a batch that may succeed by itself must be asked for again under the same key.
    if (said && !said.text.includes('"retry":"same-request"'))
      await keepAnswer(db(), keyed, { status: said.status, body: said.text });
    else await forgetRequest(db(), keyed);
  }
  return said;
}

/** A string of the draft's, in quotes, or as most send it, without. Null for none. */
function keyOf(headers: Headers): string | null {
  const given = headers.get("idempotency-key")?.trim();
  if (given === undefined) return null;
  const key = /^"([^"\\]*)"$/.exec(given)?.[1] ?? given;
  if (!/^[!-~]{1,200}$/.test(key))
    throw new Problem("parameter-invalid", "Idempotency-Key: at most 200 visible ASCII characters.");
  return key;
}
