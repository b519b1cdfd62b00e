import "server-only";
import { unstable_rethrow } from "next/navigation";
import { AppError } from "#lib/core/errors.ts";
import { newReference } from "#lib/core/ids.ts";
import { log } from "#lib/core/log.ts";

/**
 * What may be said of an error. An AppError speaks for itself; anything else is logged under a code, and only the code
 * is told. Next's own redirect() and notFound(), which work by throwing, pass through.
 */
export function explain(error: unknown): AppError {
  unstable_rethrow(error);
  if (error instanceof AppError) {
    if (error.cause) log.warn({ err: error.cause, errorCode: error.code }, "door.refused");
    return error;
  }
  const reference = newReference().slice(3);
  log.error({ err: error, reference }, "door.failed");
  return new Unexplained(reference);
}

/** For route handlers that answer programs: problem+json (RFC 9457). */
export function toProblem(error: unknown): Response {
  const known = explain(error);
  const status = known instanceof Unexplained ? 500 : known.status;
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  if (known.retryAt) headers.set("retry-after", String(secondsUntil(known.retryAt)));
  const problem = {
    type: "about:blank",
    title: known.message,
    status,
    code: known instanceof Unexplained ? "unexpected" : known.code,
    ...(known.field ? { field: known.field } : {}),
  };
  return new Response(JSON.stringify(problem), { status, headers });
}

class Unexplained extends AppError {
  constructor(reference: string) {
    super(
      "conflict",
      `This could not be done, and the fault is ours. Try again; if it stays, quote the code ${reference}.`,
    );
  }
}

function secondsUntil(instant: Date): number {
  return Math.max(1, Math.ceil((instant.getTime() - Date.now()) / 1000));
}
