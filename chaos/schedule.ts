/** What goes wrong and when, all of it decided by the seed: the same seed gives the same schedule. */
import { chanceOf } from "../lib/testing/seeded.ts";

export type Fault = { method: string; path: string; times: number; effect: object };
export type Step = { at: number; name: string } & (
  | { kind: "kill"; who: "web" | "worker" | "database"; which: number; downMs: number }
  | { kind: "pause"; which: number; ms: number }
  | { kind: "fault"; fault: Fault }
  | { kind: "window"; seconds: number }
  | { kind: "webhooks"; drop: number; duplicate: number; reorder: number }
  | { kind: "forge" | "expire" }
  | { kind: "clock"; seconds: number }
);

/** A worker's lease is 25 s: who sleeps longer wakes up to find that another has done its work. */
const SLEEP_MS = [27_000, 34_000] as const;

/**
 * For how long Xero knows an Idempotency-Key, in turn. Without it (0) nothing tells a sleeper's request, or a write that
 * comes later than we look, from a new one: no client could. So nobody sleeps then, and nothing comes that late.
 */
const WINDOWS = [360, 0];
const WINDOW_MS = 60_000;

/** What a 200 may say instead of its list. An empty one looks like the truth to whoever looks for a payment of ours: with its key Xero tells. */
const NO_LIST = ["no-list", "html", "cut-json", "nothing"];

const XERO = "/api.xro/2.0/*";
const STRIPE = "/v1/*";
/** Stripe's words for a key that was rolled (DOC error-codes, api_key_expired). */
const KEY_EXPIRED = JSON.stringify({
  error: {
    type: "invalid_request_error",
    code: "api_key_expired",
    message: "Expired API key provided: sk_test_*********expired",
  },
});

/** A step about every `everyMs`, for so long. */
export function scheduleOf(seed: number, { ms, everyMs }: { ms: number; everyMs: number }): Step[] {
  const chance = chanceOf(seed);
  const between = (low: number, high: number) => Math.round(low + chance() * (high - low));
  const one = <T>(items: readonly T[]) => items[Math.floor(chance() * items.length)] as T;
  const steps: Step[] = [{ at: 0, name: "Xero knows keys for 360 s", kind: "window", seconds: 360 }];
  const clockJumps = [0.3, 0.7].map((share) => Math.round(ms * share));
  let windows = 1;
  let awakeAt = 0;
  for (let at = between(500, everyMs); at < ms; at += between(everyMs * 0.4, everyMs * 1.6)) {
    const jump = clockJumps[0];
    if (jump !== undefined && at >= jump) {
      clockJumps.shift();
      steps.push({ at, name: "Xero's and Stripe's clock jumps 20 s ahead", kind: "clock", seconds: 20 });
    }
    const keyed = WINDOWS[(windows - 1) % WINDOWS.length] !== 0;
    if (at >= windows * WINDOW_MS && at > awakeAt) {
      const seconds = WINDOWS[windows % WINDOWS.length] ?? 360;
      windows += 1;
      steps.push({ at, name: `Xero knows keys for ${seconds} s`, kind: "window", seconds });
      continue;
    }
    const which = between(0, 1);
    const draw = chance();
    if (draw < 0.24) steps.push({ at, name: "kill -9 web", ...kill("web", which, between(0, 3_000)) });
    else if (draw < 0.5)
      steps.push({ at, name: "kill -9 worker", ...kill("worker", which, between(0, 3_000)) });
    else if (draw < 0.55) steps.push({ at, name: "kill -9 PostgreSQL", ...kill("database", 0, 0) });
    else if (draw < 0.61) {
      // Two sleeps would leave nobody awake; and it wakes up before the keys are forgotten.
      const asleepMs = between(...SLEEP_MS);
      if (!keyed || at < awakeAt || at + asleepMs > windows * WINDOW_MS) continue;
      awakeAt = at + asleepMs + 5_000;
      steps.push({ at, name: "worker paused past its lease", kind: "pause", which, ms: asleepMs });
    } else if (draw < 0.82) steps.push({ at, kind: "fault", ...xeroFault() });
    else if (draw < 0.9) steps.push({ at, kind: "fault", ...stripeFault() });
    else if (draw < 0.93) steps.push({ at, name: "access tokens expire", kind: "expire" });
    else if (draw < 0.96) steps.push({ at, name: "forged webhooks", kind: "forge" });
    else {
      const [drop, duplicate, reorder] = [one([0, 0.3]), one([0, 0.5]), one([0, 0.5])];
      steps.push({
        at,
        name: "webhooks lost, doubled, out of order",
        kind: "webhooks",
        drop,
        duplicate,
        reorder,
      });
    }

    function xeroFault(): { name: string; fault: Fault } {
      const write = { method: one(["POST", "PUT"]), path: XERO, times: between(1, 3) };
      const any = { method: "*", path: XERO, times: between(2, 8) };
      const lateMs = keyed ? between(500, 30_000) : between(500, 4_000);
      const staleSeconds = keyed ? between(5, 40) : between(2, 8);
      return one([
        { name: "Xero slow", fault: { ...any, effect: { kind: "latency", ms: between(300, 5_000) } } },
        { name: "Xero 503", fault: { ...any, effect: { kind: "status", status: 503, body: "Unavailable" } } },
        {
          name: "Xero 429",
          fault: {
            ...any,
            effect: {
              kind: "rate-limit",
              problem: one(["minute", "concurrent", "day"]),
              retryAfterSeconds: 2,
            },
          },
        },
        { name: "Xero cuts before", fault: { ...any, effect: { kind: "cut-before" } } },
        { name: "Xero commits, then cuts", fault: { ...write, effect: { kind: "cut-after" } } },
        {
          name: "Xero commits, then hangs",
          fault: { ...write, effect: { kind: "hang-after", ms: between(2_000, 20_000) } },
        },
        { name: "Xero commits late", fault: { ...write, effect: { kind: "commit-late", ms: lateMs } } },
        {
          name: "Xero reads stale",
          fault: {
            method: "GET",
            path: XERO,
            times: between(2, 8),
            effect: { kind: "stale-read", seconds: staleSeconds },
          },
        },
        {
          name: "Xero says 200 and no true list",
          fault: {
            method: "GET",
            path: XERO,
            times: between(2, 8),
            effect: {
              kind: "odd-answer",
              odd: one(keyed ? [...NO_LIST, "empty-list"] : NO_LIST),
            },
          },
        },
        {
          name: "token answer lost",
          fault: { method: "POST", path: "/connect/token", times: 1, effect: { kind: "cut-after" } },
        },
      ]);
    }
    function stripeFault(): { name: string; fault: Fault } {
      const some = { method: "*", path: STRIPE, times: between(1, 5) };
      return one([
        { name: "Stripe slow", fault: { ...some, effect: { kind: "latency", ms: between(200, 3_000) } } },
        { name: "Stripe 503", fault: { ...some, effect: { kind: "status", status: 503, body: "{}" } } },
        {
          name: "Stripe refuses its key",
          fault: { ...some, effect: { kind: "status", status: 401, body: KEY_EXPIRED } },
        },
        { name: "Stripe cuts before", fault: { ...some, effect: { kind: "cut-before" } } },
        { name: "Stripe acts, then cuts", fault: { ...some, effect: { kind: "cut-after" } } },
      ]);
    }
  }
  return steps;
}

function kill(who: "web" | "worker" | "database", which: number, downMs: number) {
  return { kind: "kill" as const, who, which, downMs };
}
