import "server-only";
import { authenticate, type KeyCaller } from "#lib/api-keys/authenticate.ts";
import { bearerOf } from "#lib/api-keys/key.ts";
import { db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";
import { newReference } from "#lib/core/ids.ts";
import { limiter } from "#lib/core/limits.ts";
import { log } from "#lib/core/log.ts";
import { bucketOf, clientAddress } from "#lib/core/web/client-address.ts";
import type { Operation } from "./operation.ts";
import { PROBLEMS, Problem } from "./problems.ts";

/** Of one key. */
export const REQUESTS_A_MINUTE = 600;
const requests = limiter("api-key", { points: REQUESTS_A_MINUTE, seconds: 60 });

/** The route handler of an operation: key, limit, scope, work; whatever goes wrong is answered as a problem (RFC 9457). */
export function serve(operation: Operation): (request: Request) => Promise<Response> {
  return async (request) => {
    const requestId = `req_${newReference().slice(3)}`;
    const headers = new Headers({ "cache-control": "no-store", "x-request-id": requestId });
    try {
      const caller = await callerOf(request);
      await count(caller, headers);
      if (!caller.scopes.includes(operation.scope)) {
        throw new Problem("scope-missing", `The key “${caller.name}” lacks the scope “${operation.scope}”.`);
      }
      return Response.json(await operation.run(caller), { headers });
    } catch (error) {
      return answer(error, { requestId, headers });
    }
  };
}

async function callerOf(request: Request): Promise<KeyCaller> {
  const presented = bearerOf(request.headers.get("authorization"));
  if (presented === null) throw new Problem("key-missing", "Send the header “Authorization: Bearer cfk_…”.");
  const found = await authenticate(db(), presented, bucketOf(clientAddress(request.headers)));
  switch (found.kind) {
    case "known":
      return found.caller;
    case "unknown":
      throw new Problem("key-unknown", "There is no such API key.");
    case "revoked":
      throw new Problem("key-revoked", `This API key was revoked on ${found.at.toISOString()}.`);
    case "disconnected":
      throw new Problem(
        "organisation-disconnected",
        `${found.organisationName} is no longer connected to this desk.`,
      );
  }
}

/** As draft-ietf-httpapi-ratelimit-headers has it; Retry-After (RFC 9110, 10.2.3) once they are used up. */
async function count({ keyId }: KeyCaller, headers: Headers): Promise<void> {
  headers.set("ratelimit-policy", `"key";q=${REQUESTS_A_MINUTE};w=60`);
  const { left, seconds } = await requests.consume(keyId);
  headers.set("ratelimit", `"key";r=${left};t=${seconds}`);
}

function answer(error: unknown, { requestId, headers }: { requestId: string; headers: Headers }): Response {
  const problem = problemOf(error, requestId);
  const { status, title, retry } = PROBLEMS[problem.code];
  headers.set("content-type", "application/problem+json");
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="Counterfoil API"');
  if (problem.retryAfter !== undefined) headers.set("retry-after", String(problem.retryAfter));
  const type = `${env().PUBLIC_ORIGIN}/problems/${problem.code}`;
  const body = {
    type,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    instance: requestId,
    retry,
  };
  return new Response(JSON.stringify(body), { status, headers });
}

function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof AppError && error.code === "too_many") {
    const seconds = Math.ceil(((error.retryAt?.getTime() ?? 0) - Date.now()) / 1_000);
    return new Problem("too-many-requests", error.message, Math.max(1, seconds));
  }
  log.error({ err: error, requestId }, "api.failed");
  return new Problem(
    "unexpected",
    `Nobody foresaw this. Whoever runs the desk finds it in the log by ${requestId}.`,
  );
}
