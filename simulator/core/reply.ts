/** The few shapes an answer has. */
import type { Res } from "./types.ts";

export function json(body: unknown, status = 200, headers: Res["headers"] = {}): Res {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

export function text(body: string, status = 200): Res {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

export function redirect(location: string, status = 303): Res {
  return { status, headers: { location, "cache-control": "no-store" } };
}
