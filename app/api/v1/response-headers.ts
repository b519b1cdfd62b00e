import type { Operation } from "#app/door/api/operation.ts";
import type { ProblemCode } from "#app/door/api/problems.ts";

/** The headers of answers that a caller may go by. `required`: they come with each answer that has them, but where it is said otherwise. */
export const HEADERS = {
  "X-Request-Id": {
    required: true,
    description: "The request, as the desk's log names it.",
    schema: { type: "string", pattern: "^req_[0-9A-Z]+$" },
  },
  "RateLimit-Policy": {
    required: true,
    description: "How many requests a key has in how many seconds (draft-ietf-httpapi-ratelimit-headers).",
    schema: { type: "string", pattern: '^"key";q=\\d+;w=\\d+$' },
  },
  RateLimit: {
    required: true,
    description: "How many requests are left, and in how many seconds they begin anew.",
    schema: { type: "string", pattern: '^"key";r=\\d+;t=\\d+$' },
  },
  Location: {
    required: false,
    description: "Where to ask for the order; not of a dry run, nor of an answer that is repeated.",
    schema: { type: "string", pattern: "^/api/v1/orders/" },
  },
  "Idempotency-Replayed": {
    required: false,
    description: "Of the answer to an earlier request with the same Idempotency-Key.",
    schema: { type: "string", const: "true" },
  },
  "Preference-Applied": {
    required: false,
    description: "How long it was ready to wait, where Prefer asked for it (RFC 7240).",
    schema: { type: "string", pattern: "^wait=\\d+$" },
  },
  "Retry-After": {
    required: true,
    description: "Seconds after which the same request may be answered otherwise.",
    schema: { type: "integer", minimum: 1 },
  },
  Allow: {
    required: true,
    description: "The methods that the address takes.",
    schema: { type: "string", pattern: "^[A-Z]+(, [A-Z]+)*$" },
  },
  "WWW-Authenticate": {
    required: true,
    description: "How to say who asks.",
    schema: { type: "string", pattern: "^Bearer " },
  },
} as const;

type Name = keyof typeof HEADERS;
type Documented =
  | { $ref: `#/components/headers/${string}` }
  | (Omit<(typeof HEADERS)[Name], "required"> & { required: false });

const named = (name: Name): Documented => ({ $ref: `#/components/headers/${name}` });
const sometimes = (name: Name): Documented => ({ ...HEADERS[name], required: false });

/** What comes with an answer of a call that did as it was asked. */
export function headersOfAnswer(
  { body, file, mayWait }: Operation,
  { hasLocation }: Operation["answers"][number],
): Record<string, Documented> {
  return {
    "X-Request-Id": named("X-Request-Id"),
    "RateLimit-Policy": named("RateLimit-Policy"),
    RateLimit: named("RateLimit"),
    ...(hasLocation && { Location: named("Location") }),
    ...((body || file) && { "Idempotency-Replayed": named("Idempotency-Replayed") }),
    ...(mayWait && { "Preference-Applied": named("Preference-Applied") }),
  };
}

/** What a key may be answered with before its request is counted, and what may come before or after. */
const UNCOUNTED: ProblemCode[] = ["key-missing", "key-unknown", "key-revoked", "organisation-disconnected"];
const EITHER: ProblemCode[] = ["too-many-requests", "unexpected"];

/** Refusals that say when to come back. */
const WAITING: ProblemCode[] = [
  ...(["too-many-requests", "request-running", "order-under-way", "order-being-paid"] as const),
];

/** What comes with a problem that is one of these, which have one status. */
export function headersOfProblem(
  { mayWait, problems }: Operation,
  codes: ProblemCode[],
): Record<string, Documented> {
  const is = (among: ProblemCode[]) => (code: ProblemCode) => among.includes(code);
  const counted = codes.every(is(UNCOUNTED))
    ? null
    : codes.some(is([...UNCOUNTED, ...EITHER]))
      ? sometimes
      : named;
  const waits = codes.every(is(WAITING)) ? named : codes.some(is(WAITING)) ? sometimes : null;
  return {
    "X-Request-Id": named("X-Request-Id"),
    ...(counted && { "RateLimit-Policy": counted("RateLimit-Policy"), RateLimit: counted("RateLimit") }),
    ...(waits && { "Retry-After": waits("Retry-After") }),
    ...(codes.includes("method-not-allowed") && { Allow: named("Allow") }),
    ...(codes.includes("key-missing") && { "WWW-Authenticate": named("WWW-Authenticate") }),
    ...(mayWait && codes.some(is(problems)) && { "Preference-Applied": named("Preference-Applied") }),
  };
}
