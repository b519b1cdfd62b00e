import { AppError } from "#lib/core/errors.ts";
import type { XeroFault } from "./types.ts";

/** A fault as a sentence for staff: what happened, and what to do. */
export function appErrorOf(cause: XeroFault): AppError {
  const { fault } = cause;
  switch (fault.kind) {
    case "needs_reconnect":
      return new AppError(
        "xero_reconnect",
        "Xero no longer takes our access. Reconnect on the connections page.",
        { cause },
      );
    case "disconnected":
      return new AppError(
        "xero_reconnect",
        "The organisation was disconnected in Xero. Reconnect on the connections page.",
        {
          cause,
        },
      );
    case "missing_scope":
      return new AppError(
        "xero_reconnect",
        `Xero did not allow this: ${fault.scope ?? "a scope"} is missing. Reconnect and allow it.`,
        { cause },
      );
    case "limited": {
      const retryAt = new Date(Date.now() + fault.retryAfterSeconds * 1_000);
      const when = fault.problem === "day" ? "later today" : "in a minute";
      return new AppError("xero_busy", `Xero's allowance of calls is used up. Try again ${when}.`, {
        cause,
        retryAt,
      });
    }
    case "refused":
      return new AppError("xero_refused", `Xero says: ${fault.messages.join(" ")}`, { cause });
    case "not_found":
      return new AppError("not_found", "This is no longer in Xero.", { cause });
    case "offline":
    case "no_answer":
      return new AppError("xero_busy", "Xero can't be reached at the moment. Try again in a few minutes.", {
        cause,
      });
  }
}
