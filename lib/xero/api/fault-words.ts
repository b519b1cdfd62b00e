import { AppError, type ErrorCode } from "#lib/core/errors.ts";
import type { Fault, XeroFault } from "./types.ts";

/** What happened, and what to do, as a sentence for staff. */
export function faultInWords(fault: Fault): string {
  switch (fault.kind) {
    case "needs_reconnect":
      return "Xero no longer takes our access. Reconnect on the connections page.";
    case "disconnected":
      return "The organisation was disconnected in Xero. Reconnect on the connections page.";
    case "missing_scope":
      return `Xero did not allow this: ${fault.scope ?? "a scope"} is missing. Reconnect and allow it.`;
    case "limited":
      return `Xero's allowance of calls is used up. Try again ${fault.problem === "day" ? "later today" : "in a minute"}.`;
    case "refused":
      return `Xero says: ${fault.messages.join(" ")}`;
    case "not_found":
      return "This is no longer in Xero.";
    case "unreadable":
      return "Xero sent an answer that can't be read. Try again in a few minutes.";
    case "offline":
    case "no_answer":
      return "Xero can't be reached at the moment. Try again in a few minutes.";
  }
}

const CODES: Record<Fault["kind"], ErrorCode> = {
  needs_reconnect: "xero_reconnect",
  disconnected: "xero_reconnect",
  missing_scope: "xero_reconnect",
  limited: "xero_busy",
  refused: "xero_refused",
  not_found: "not_found",
  offline: "xero_busy",
  no_answer: "xero_busy",
  unreadable: "xero_busy",
};

/** The same as an error for a page. */
export function appErrorOf(cause: XeroFault): AppError {
  const { fault } = cause;
  return new AppError(CODES[fault.kind], faultInWords(fault), {
    cause,
    ...(fault.kind === "limited" ? { retryAt: new Date(Date.now() + fault.retryAfterSeconds * 1_000) } : {}),
  });
}
