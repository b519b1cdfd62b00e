import type { Fault } from "./fault-words.ts";
import { XeroFault } from "./xero-fault.ts";

/** What one HTTP call to Xero came back with. Status 0: no answer at all. */
export type Answer = { status: number; headers: Record<string, unknown>; body: unknown };

/** A 401 that a fresh access token may cure. It never leaves call.ts. */
export class AccessTokenRefused extends Error {
  override readonly name = "AccessTokenRefused";
}

type LimitProblem = Extract<Fault, { kind: "limited" }>["problem"];

const DEFAULT_WAIT_SECONDS: Record<LimitProblem, number> = {
  minute: 60,
  day: 3_600,
  appminute: 60,
  concurrent: 2,
};

/**
 * Sorts an answer that is no success, by its status and headers alone. `sent` false means that no byte of the request
 * can have reached Xero. `scope` is what the call needed, to name it when it is missing.
 */
export function faultOf(
  answer: Answer,
  call: { sent: boolean; scope?: string },
): XeroFault | AccessTokenRefused {
  const { status, headers, body } = answer;
  const cause = new Error(status === 0 ? "no HTTP answer" : `HTTP ${status}`);
  if (status === 0) return new XeroFault({ kind: call.sent ? "no_answer" : "offline" }, cause);
  if (status === 401) {
    if (!/insuffici?ent_scope/i.test(text(headers["www-authenticate"])))
      return new AccessTokenRefused("HTTP 401");
    return new XeroFault({ kind: "missing_scope", ...(call.scope ? { scope: call.scope } : {}) }, cause);
  }
  if (status === 403) return new XeroFault({ kind: "disconnected" }, cause);
  if (status === 404) return new XeroFault({ kind: "not_found" }, cause);
  if (status === 429) return new XeroFault(limited(headers), cause);
  if (status === 503 && /^text\/plain/i.test(text(headers["content-type"])))
    return new XeroFault({ kind: "offline" }, cause);
  if (status >= 400 && status < 500 && status !== 408)
    return new XeroFault({ kind: "refused", messages: messagesIn(body) }, cause);
  return new XeroFault({ kind: "no_answer" }, cause);
}

/** xero-node rejects with a JSON text of the whole exchange; only status, limit headers and Xero's words are kept of it. */
export function answerOfSdk(rejection: unknown): Answer {
  if (typeof rejection !== "string") throw rejection;
  const { response } = JSON.parse(rejection) as {
    response?: { statusCode?: number; headers?: Record<string, unknown>; body?: unknown };
  };
  return { status: response?.statusCode ?? 0, headers: response?.headers ?? {}, body: response?.body };
}

/** Xero's own sentences, each once: of every element and of what is nested in it, else the message on top. */
export function messagesIn(body: unknown): string[] {
  const found = new Set<string>();
  collect(body, found, 0);
  if (found.size === 0) {
    const top = record(body);
    for (const name of ["Message", "Detail", "message", "detail", "error"])
      if (typeof top[name] === "string") found.add(top[name]);
  }
  return [...found].slice(0, 20).map((message) => message.slice(0, 500));
}

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (depth > 8 || typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found, depth + 1);
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (/^validationErrors$/i.test(name) && Array.isArray(inner)) {
      for (const error of inner) {
        const message = record(error).Message ?? record(error).message;
        if (typeof message === "string" && message) found.add(message);
      }
    } else {
      collect(inner, found, depth + 1);
    }
  }
}

function limited(headers: Record<string, unknown>): Fault {
  const named = text(headers["x-rate-limit-problem"]).toLowerCase();
  const problem = named in DEFAULT_WAIT_SECONDS ? (named as LimitProblem) : "minute";
  const asked = Number.parseInt(text(headers["retry-after"]), 10);
  const retryAfterSeconds = asked >= 0 ? Math.min(asked, 86_400) : DEFAULT_WAIT_SECONDS[problem];
  return { kind: "limited", problem, retryAfterSeconds };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : Array.isArray(value) ? value.join(", ") : "";
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
