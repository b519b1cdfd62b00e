import "server-only";
import type { z } from "zod";
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
import { answeredOnce } from "./answered-once.ts";
import type { ApiAnswer, Operation } from "./operation.ts";
import { PROBLEMS, Problem } from "./problems.ts";
import { readFile, readSent, type Sent } from "./read-sent.ts";

/** Of one key. */
export const REQUESTS_A_MINUTE = 600;
const requests = limiter("api-key", { points: REQUESTS_A_MINUTE, seconds: 60 });

/** The longest that a caller may wait for an outcome, in seconds. */
export const MOST_WAIT = 20;

type Params = { params: Promise<Record<string, string | string[] | undefined>> };
type Handler = (request: Request, context: Params) => Promise<Response>;

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * The route handlers of an address, by method: key, limit, scope, work. Whatever goes wrong is answered as a problem (RFC 9457), a
 * method that no operation has too. What was asked with a key that is or was the firm's is kept for its staff.
 */
export function serve(...operations: Operation[]): Record<(typeof METHODS)[number], Handler> {
  const handlers = METHODS.map((method) => {
    const operation = operations.find((one) => one.method === method);
    const allow = operations.map((one) => one.method);
    return [method, handler(operation ?? { allow })] as const;
  });
  return Object.fromEntries(handlers) as Record<(typeof METHODS)[number], Handler>;
}

/** What no operation is for: the methods that its address takes, none where there is no such address. */
type Missing = { allow: string[] };

function handler(operation: Operation | Missing): Handler {
  return async (request, context) => {
    const began = performance.now();
    const requestId = `req_${newReference().slice(3)}`;
    const headers = new Headers({ "cache-control": "no-store", "x-request-id": requestId });
    let caller: KeyCaller | undefined;
    let problem: Problem | undefined;
    let sent: string | null = null;
    let answer: { status: number; text: string };
    try {
      const presented = await presentedBy(request);
      if (presented.kind !== "unknown") caller = presented.caller;
      const known = admit(presented);
      await count(known, headers);
      if ("allow" in operation) throw missing(request, operation);
      if (!known.scopes.includes(operation.scope))
        throw new Problem("scope-missing", `The key “${known.name}” lacks the scope “${operation.scope}”.`);
      const path = read(operation.params, await context.params);
      const query = read(operation.query, queryOf(request));
      const came = await sentWith(request, operation);
      sent = came?.text ?? null;
      const wait = operation.mayWait ? waitOf(request.headers, headers) : 0;
      const run = () => operation.run(known, { path, query, sent: came?.value, wait }).then(textOf(headers));
      answer = came
        ? await answeredOnce({ request, keyId: known.keyId, text: came.text, headers }, run)
        : await run();
    } catch (error) {
      problem = problemOf(error, requestId);
      answer = tell(problem, { requestId, headers });
    }
    if (caller) {
      const { pathname, search } = new URL(request.url);
      await keep(caller, {
        ...{ requestId, method: request.method, path: pathname + search, status: answer.status },
        ...{ problem: problem?.code ?? null, milliseconds: Math.round(performance.now() - began) },
        ...{ sent, answered: answer.text },
      });
    }
    return new Response(answer.text, { status: answer.status, headers });
  };
}

async function sentWith(request: Request, { body, file }: Operation): Promise<Sent | null> {
  if (body) return readSent(request, body.mostBytes);
  return file ? readFile(request, file) : null;
}

function missing(request: Request, { allow }: Missing): Problem {
  if (allow.length === 0)
    return new Problem("no-such-call", `There is nothing at ${new URL(request.url).pathname}.`);
  return new Problem("method-not-allowed", `This address takes ${allow.join(" and ")}.`, { allow });
}

function read(schema: z.ZodObject | undefined, given: Record<string, unknown>): never {
  const parsed = schema?.safeParse(given);
  if (!parsed?.error) return (parsed?.data ?? {}) as never;
  const [issue] = parsed.error.issues;
  const names = issue?.code === "unrecognized_keys" ? issue.keys : issue?.path;
  throw new Problem("parameter-invalid", `${names?.join(", ")}: ${issue?.message}`);
}

/** Throws Problem for one that is given twice: nobody could tell which counts. */
function queryOf(request: Request): Record<string, string> {
  const query = [...new URL(request.url).searchParams];
  const names = query.map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Problem("parameter-invalid", `${twice}: it is given twice.`);
  return Object.fromEntries(query);
}

/** RFC 7240: what we can't honour we ignore. */
function waitOf(asked: Headers, headers: Headers): number {
  const seconds = Number(/(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/i.exec(asked.get("prefer") ?? "")?.[1] ?? 0);
  const wait = Math.min(seconds, MOST_WAIT);
  if (wait > 0) headers.set("preference-applied", `wait=${wait}`);
  return wait;
}

/** Says what an answer says, its headers beside those of every answer. */
const textOf = (headers: Headers) => (answer: ApiAnswer) => {
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers.set(name, value);
  headers.set("content-type", "application/json");
  return { status: answer.status, text: JSON.stringify(answer.body) };
};

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

function tell(
  problem: Problem,
  { requestId, headers }: { requestId: string; headers: Headers },
): { status: number; text: string } {
  const { status } = PROBLEMS[problem.code];
  const { retryAfter, allow } = problem.told;
  headers.set("content-type", "application/problem+json");
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="Counterfoil API"');
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  if (allow) headers.set("allow", allow.join(", "));
  return { status, text: JSON.stringify({ ...problemBody(problem), instance: requestId }) };
}

/** The most faults that an answer lists. */
const MOST_FAULTS = 200;

/** A problem as its answer has it, or a part of an answer; who asked for it names the request. */
export function problemBody({ code, message, told: { faults } }: Problem) {
  const { status, title, retry } = PROBLEMS[code];
  return {
    ...{ type: `${env().PUBLIC_ORIGIN}/problems/${code}`, title, status, code, retry },
    detail: message.toWellFormed(),
    ...(faults && { total: faults.length, errors: faults.slice(0, MOST_FAULTS) }),
  };
}

function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof AppError && error.code === "too_many") {
    const seconds = Math.ceil(((error.retryAt?.getTime() ?? 0) - Date.now()) / 1_000);
    return new Problem("too-many-requests", error.message, { retryAfter: Math.max(1, seconds) });
  }
  log.error({ err: error, requestId }, "api.failed");
  return new Problem(
    "unexpected",
    `Nobody foresaw this. Whoever runs the desk finds it in the log by ${requestId}.`,
  );
}
