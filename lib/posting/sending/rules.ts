import type { Fault } from "#lib/xero/api/fault-words.ts";
import { faultInWords } from "#lib/xero/api/fault-words.ts";

/** A claim may run this long before another worker may take the posting over. */
export const LEASE_SECONDS = 25;

/** No request leaves later than this after the claim, so that its answer (15 seconds at most) comes within the lease. */
export const BEGIN_SECONDS = 9;

/** Between two looks that find nothing: long enough for a slow write of ours to appear. */
export const LOOK_PAUSE_SECONDS = 10;

/** Looks in a row that must find nothing before we send again. */
const LOOKS_BEFORE_RESEND = 2;

/**
 * Where a document that went in one call with others begins to count them, unless Xero takes it once alone: one more must find
 * nothing, and after that one we wait. Xero knows that call by a key of its own, so nothing but time tells a write of it that
 * comes late from none. An invoice may have been raised since, so that Xero would take both payments; of what Xero numbers
 * itself it takes any number. What has a number of ours, Xero refuses the second time, and then we find the first.
 */
export const EMPTY_LOOKS_TOGETHER = -1;
const LATE_WRITE_SECONDS = 60;

/** Seconds until the next look, after so many in a row found nothing. */
export function pauseAfter(emptyLooks: number): number {
  return emptyLooks <= 0 ? LATE_WRITE_SECONDS : LOOK_PAUSE_SECONDS;
}

export type Standing = { sends: number; emptyLooks: number };

/** Send only what was never sent, or what has been proved absent since; anything else is looked up first. */
export function nextStep(posting: Standing): "send" | "look" {
  return posting.sends === 0 || posting.emptyLooks >= LOOKS_BEFORE_RESEND ? "send" : "look";
}

export type Verdict =
  /** It may be in Xero: look before anything else. */
  | { state: "unknown"; inSeconds: number; message: string }
  /** It is surely not there: send again later, under a new idempotency key where Xero remembers its answer. */
  | { state: "ready"; inSeconds: number; message: string; newKey: boolean }
  /** Xero said no: a person decides. */
  | { state: "refused" };

/** What an unanswered or failed send means. `sends` counts this one. */
export function afterSend(fault: Fault, sends: number): Verdict {
  switch (fault.kind) {
    case "refused":
    case "not_found":
      return { state: "refused" };
    case "limited":
      return {
        state: "ready",
        inSeconds: fault.retryAfterSeconds,
        message: "Waiting for Xero's call limit.",
        newKey: true,
      };
    case "needs_reconnect":
    case "disconnected":
      return { state: "ready", inSeconds: 300, message: faultInWords(fault), newKey: true };
    case "missing_scope":
      // A reconnect wakes it; until then each try costs a call, of a file its bytes too.
      return { state: "ready", inSeconds: 6 * 3_600, message: faultInWords(fault), newKey: true };
    case "offline":
    case "no_answer":
    case "unreadable":
      return {
        state: "unknown",
        inSeconds: Math.min(5 * 2 ** Math.min(sends, 10), 3_600),
        message: "Xero did not answer; checking.",
      };
  }
}

/** What a look that failed means: it proves nothing. `pause` in seconds. */
export function afterLook(
  fault: Fault,
  { emptyLooks, pause }: { emptyLooks: number; pause: number },
): Verdict & { state: "unknown" } {
  const looking = emptyLooks > 0 ? "Checking in Xero again." : "Checking in Xero.";
  return { state: "unknown", inSeconds: pause, message: isPassing(fault) ? looking : faultInWords(fault) };
}

/** What ends by itself, as a rule within minutes. */
function isPassing({ kind }: Fault): boolean {
  return kind === "limited" || kind === "offline" || kind === "no_answer";
}

/** Failures in a row of what was never sent; then it is a person's. */
export const TRIES_UNSENT = 4;
