import { AppError, type ErrorCode } from "#lib/core/errors.ts";
import type { Worded } from "#lib/core/failures/reason.ts";
import { type Fault, faultInWords } from "./fault-words.ts";

export class XeroFault extends Error implements Worded {
  override readonly name = "XeroFault";
  readonly fault: Fault;
  get inWords(): string {
    return faultInWords(this.fault);
  }
  constructor(fault: Fault, cause?: unknown) {
    super(fault.kind === "refused" ? `Xero refused: ${fault.messages.join(" · ")}` : `Xero: ${fault.kind}`, {
      cause,
    });
    this.fault = fault;
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

/** A fault as an error for a page. */
export function appErrorOf(cause: XeroFault): AppError {
  const { fault } = cause;
  return new AppError(CODES[fault.kind], faultInWords(fault), {
    cause,
    ...(fault.kind === "limited" ? { retryAt: new Date(Date.now() + fault.retryAfterSeconds * 1_000) } : {}),
  });
}
