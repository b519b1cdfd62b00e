import { json } from "../../core/reply.ts";
import type { Res } from "../../core/types.ts";

export type ErrorBody = {
  type: "invalid_request_error" | "card_error" | "idempotency_error" | "api_error";
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  payment_intent?: object;
};

/** Thrown by a handler; the API's door turns it into Stripe's error shape. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** A refusal that changed something: that stays, and the answer is kept under its idempotency key. */
export class FinalRefusal extends StripeRefusal {}

export function invalid(message: string, code?: string, param?: string): StripeRefusal {
  return new StripeRefusal(400, {
    type: "invalid_request_error",
    message,
    ...(code && { code }),
    ...(param && { param }),
  });
}

export function noSuch(what: string, id: string, param = "id"): StripeRefusal {
  return new StripeRefusal(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${what}: '${id}'`,
    param,
  });
}

export function errorAnswer({ status, body }: StripeRefusal, requestId: string): Res {
  const doc_url = body.code && `https://stripe.com/docs/error-codes/${body.code.replaceAll("_", "-")}`;
  return json(
    { error: { ...body, ...(doc_url && { doc_url }), request_log_url: `/control/journal#${requestId}` } },
    status,
  );
}
