/** The accounting API's own refusals (xero-platform.md 2.2, dialects 1 and 3). */
import { randomUUID } from "node:crypto";
import type { Res } from "../core/types.ts";
import type { Wire } from "./wire.ts";

/** Ends a call with this answer. What the call wrote is undone. */
export class Refusal extends Error {
  readonly res: Res;
  constructor(res: Res) {
    super(`Refused with ${res.status}`);
    this.res = res;
  }
}

const numbers = {
  ValidationException: 10,
  PostDataInvalidException: 14,
  QueryParseException: 16,
  NoDataProcessedException: 17,
} as const;

function refuse(type: keyof typeof numbers, message: string, elements?: Wire[]): Refusal {
  const body = {
    ErrorNumber: numbers[type],
    Type: type,
    Message: message,
    ...(elements && { Elements: elements }),
  };
  return new Refusal({
    status: 400,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  });
}

/** One or more elements broke a rule; they are echoed with their ValidationErrors. */
export const invalid = (elements: Wire[]) =>
  refuse("ValidationException", "A validation exception occurred", elements);

/** Malformed JSON, or a word that is none of an enumeration. */
export const badPostData = (message: string) => refuse("PostDataInvalidException", message, []);

export const badQuery = (message: string) => refuse("QueryParseException", message);

export const noData = (message: string) => refuse("NoDataProcessedException", message);

/** What Xero says when it fails by itself (XeroAPI/xero-node 510). */
export function somethingBroke(): Refusal {
  const body = {
    Title: "An error occurred",
    Detail:
      "An error occurred in Xero. Check the API Status page http://status.developer.xero.com for current service status.",
    Status: 500,
    Instance: randomUUID(),
  };
  return new Refusal({
    status: 500,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  });
}

/** An unknown id: status 404, text/html, and nothing in it. */
export const notFound = () =>
  new Refusal({ status: 404, headers: { "content-type": "text/html; charset=utf-8" } });

export const noSuchResource = (): Res => ({
  status: 404,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body: "The resource you're looking for cannot be found",
});
