/** What went wrong between us and Xero, told by status and header, never by a message's text. */
export type Fault =
  /** invalid_grant, or no usable tokens: only a person's new consent helps. */
  | { kind: "needs_reconnect" }
  /** 403 AuthenticationUnsuccessful: the organisation is no longer connected. */
  | { kind: "disconnected" }
  /** 401 with insufficient scope: a refresh won't help. */
  | { kind: "missing_scope"; scope?: string }
  | { kind: "limited"; problem: "minute" | "day" | "appminute" | "concurrent"; retryAfterSeconds: number }
  /** 400: Xero looked at it and said no; nothing was written. */
  | { kind: "refused"; messages: string[] }
  | { kind: "not_found" }
  /** 503 in plain text: Xero or the organisation is offline; nothing was written. */
  | { kind: "offline" }
  /** Timeout, reset, other 5xx: it may or may not have happened. */
  | { kind: "no_answer" }
  /** OK, and then nothing that answers what was asked: not JSON, no list, another thing. It may or may not have happened. */
  | { kind: "unreadable" };

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
