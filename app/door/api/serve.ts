import "server-only";
import { authenticate, type KeyCaller, type Presented } from "#lib/api-keys/authenticate.ts";
import { bearerOf } from "#lib/api-keys/key.ts";
import { logRequest } from "#lib/api-keys/log-request.ts";
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

/**
 * The route handler of an operation: key, limit, scope, work; whatever goes wrong is answered as a problem (RFC 9457). What was
 * asked with a key that is or was the firm's is kept for its staff.
 */
export function serve(operation: Operation): (request: Request) => Promise<Response> {
  return async (request) => {
    const began = performance.now();
    const requestId = `req_${newReference().slice(3)}`;
    const headers = new Headers({ "cache-control": "no-store", "x-request-id": requestId });
    let caller: KeyCaller | undefined;
    let problem: Problem | undefined;
    let response: Response;
    try {
      const presented = await presentedBy(request);
      if (presented.kind !== "unknown") caller = presented.caller;
      const known = admit(presented);
      await count(known, headers);
      if (!known.scopes.includes(operation.scope))
        throw new Problem("scope-missing", `The key “${known.name}” lacks the scope “${operation.scope}”.`);
      response = Response.json(await operation.run(known), { headers });
    } catch (error) {
      problem = problemOf(error, requestId);
      response = answer(problem, { requestId, headers });
    }
    if (caller) {
      const { pathname, search } = new URL(request.url);
      await keep(caller, {
        ...{ requestId, method: request.method, path: pathname + search, status: response.status },
        ...{ problem: problem?.code ?? null, milliseconds: Math.round(performance.now() - began) },
      });
    }
    return response;
  };
}

async function presentedBy(request: Request): Promise<Presented> {
  const key = bearerOf(request.headers.get("authorization"));
  if (key === null) throw new Problem("key-missing", "Send the header “Authorization: Bearer cfk_…”.");
  return authenticate(db(), key, bucketOf(clientAddress(request.headers)));
}

function admit(presented: Presented): KeyCaller {
  switch (presented.kind) {
    case "known":
      return presented.caller;
    case "unknown":
      throw new Problem("key-unknown", "There is no such API key.");
    case "revoked":
      throw new Problem("key-revoked", `This API key was revoked on ${presented.at.toISOString()}.`);
    case "disconnected":
      throw new Problem(
        "organisation-disconnected",
        `${presented.caller.organisationName} is no longer connected to this desk.`,
      );
  }
}

/** That it can't be kept must not change what the caller hears. */
async function keep(caller: KeyCaller, asked: Parameters<typeof logRequest>[2]): Promise<void> {
  try {
    await logRequest(db(), caller, asked);
  } catch (error) {
    log.warn({ err: error, requestId: asked.requestId }, "api.not-logged");
  }
}

/** As draft-ietf-httpapi-ratelimit-headers has it; Retry-After (RFC 9110, 10.2.3) once they are used up. */
async function count({ keyId }: KeyCaller, headers: Headers): Promise<void> {
  headers.set("ratelimit-policy", `"key";q=${REQUESTS_A_MINUTE};w=60`);
  const { left, seconds } = await requests.consume(keyId);
  headers.set("ratelimit", `"key";r=${left};t=${seconds}`);
}

function answer(problem: Problem, { requestId, headers }: { requestId: string; headers: Headers }): Response {
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
