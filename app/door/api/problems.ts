/**
 * What the API answers with when it does not do as it was asked (RFC 9457), each with a page of its own under /problems:
 * what it means, and what to do.
 */
export const PROBLEMS = {
  "key-missing": {
    status: 401,
    title: "An API key is needed",
    meaning: "The request had no Authorization header of the form “Bearer cfk_…”.",
    fix: "Send the key that the firm's owner made under Settings → API keys.",
    retry: "after-fix",
  },
  "key-unknown": {
    status: 401,
    title: "This API key is not known",
    meaning: "There is no such key. It may be cut off, or belong to another desk.",
    fix: "Compare its beginning and its last four letters with the list under Settings → API keys, or make a new one there.",
    retry: "after-fix",
  },
  "key-revoked": {
    status: 401,
    title: "This API key was revoked",
    meaning: "An owner of the firm has ended this key. Nothing was done.",
    fix: "Ask the firm's owner for a new key.",
    retry: "after-fix",
  },
  "organisation-disconnected": {
    status: 409,
    title: "The organisation is no longer connected",
    meaning: "The firm has disconnected the Xero organisation that this key is for. Nothing was done.",
    fix: "The firm's owner connects it again, and makes a key for it.",
    retry: "after-fix",
  },
  "scope-missing": {
    status: 403,
    title: "This API key may not do that",
    meaning: "The key lacks the scope that the operation needs. Nothing was done.",
    fix: "The firm's owner makes a key that has it.",
    retry: "after-fix",
  },
  "too-many-requests": {
    status: 429,
    title: "Too many requests",
    meaning:
      "The key has used its requests of this minute, or too many unknown keys came from this address. Nothing was done.",
    fix: "Send it again after the seconds that Retry-After says.",
    retry: "same-request",
  },
  "no-such-call": {
    status: 404,
    title: "There is no such call",
    meaning: "No call of the API has this address. Nothing was done.",
    fix: "Compare it with the reference.",
    retry: "after-fix",
  },
  "method-not-allowed": {
    status: 405,
    title: "The address takes another method",
    meaning: "The call exists, with another method: Allow says which. Nothing was done.",
    fix: "Send it with one of those.",
    retry: "after-fix",
  },
  "parameter-invalid": {
    status: 400,
    title: "A parameter can't be read",
    meaning: "Something in the address or a header is not as the reference has it. Nothing was done.",
    fix: "Send it as the reference has it.",
    retry: "after-fix",
  },
  "body-unreadable": {
    status: 400,
    title: "What was sent is no JSON",
    meaning: "The body could not be read as JSON in UTF-8. Nothing was done.",
    fix: "Send JSON, with the header “Content-Type: application/json”.",
    retry: "after-fix",
  },
  "body-too-large": {
    status: 413,
    title: "Too much was sent at once",
    meaning: "The body is larger than the call takes. Nothing was done.",
    fix: "Send it in several requests; a file can't be larger.",
    retry: "after-fix",
  },
  "media-type-unsupported": {
    status: 415,
    title: "What was sent is of another kind",
    meaning:
      "The Content-Type is another one than application/json, or for a file application/pdf. Nothing was done.",
    fix: "Send JSON with the header “Content-Type: application/json”, a file with “Content-Type: application/pdf”.",
    retry: "after-fix",
  },
  "key-reused": {
    status: 422,
    title: "The Idempotency-Key was used for something else",
    meaning: "An earlier request had this Idempotency-Key and asked for something else. Nothing was done.",
    fix: "Use a new Idempotency-Key for each new request.",
    retry: "after-fix",
  },
  "request-running": {
    status: 409,
    title: "The same request is under way",
    meaning: "A request with this Idempotency-Key has begun and not ended yet.",
    fix: "Send it again after the seconds that Retry-After says: it is answered with what became of the first.",
    retry: "same-request",
  },
  "order-unknown": {
    status: 404,
    title: "There is no such order",
    meaning: "The key's organisation has no order of this id, or of this source and number.",
    fix: "Compare them. An order that was refused was not kept.",
    retry: "after-fix",
  },
  "order-faults": {
    status: 422,
    title: "The order can't be taken as it is",
    meaning:
      "Each thing that is wrong with it is listed, with where it stands in what was sent. Nothing of it was kept.",
    fix: "Mend all of them, then send it again.",
    retry: "after-fix",
  },
  "batch-faults": {
    status: 422,
    title: "The batch can't be taken as it is",
    meaning: "With mode “all” none of a batch is taken while one of its orders can't be. Nothing was kept.",
    fix: "Mend what is listed, or send it with mode “each”.",
    retry: "after-fix",
  },
  "revision-conflict": {
    status: 409,
    title: "The order is here, and says something else",
    meaning:
      "An order of this source and number was sent before, of this revision or a later one, with other content. It was not changed.",
    fix: "Send a higher revision to change it, or another number for another order.",
    retry: "after-fix",
  },
  "order-written": {
    status: 409,
    title: "The order's documents can't be changed any more",
    meaning:
      "Xero lets its invoice be changed or voided no more, or somebody has changed it there. Nothing was changed.",
    fix: "Read the detail. What is paid can be refunded; what is new can be sent as another order.",
    retry: "after-fix",
  },
  "order-under-way": {
    status: 409,
    title: "A document of the order is on its way to Xero",
    meaning: "Whether it is there can't be told at this moment. Nothing was changed.",
    fix: "Send it again after the seconds that Retry-After says.",
    retry: "same-request",
  },
  "order-being-paid": {
    status: 409,
    title: "The order's invoice is being paid",
    meaning:
      "A client is paying it at this moment, by card or by a bank debit that is not settled. Nothing was changed.",
    fix: "Send it again after the seconds that Retry-After says, until they are done: it is then voided, or credited if it was paid.",
    retry: "same-request",
  },
  "file-unusable": {
    status: 422,
    title: "The file can't go on an invoice",
    meaning: "It is no PDF, has a name that Xero refuses, or the order has ten files. It was not kept.",
    fix: "Read the detail, then send it anew.",
    retry: "after-fix",
  },
  "file-conflict": {
    status: 409,
    title: "The order has another file of this name",
    meaning: "A file of this name was sent before, with other content. It was not changed.",
    fix: "Send it under another fileName.",
    retry: "after-fix",
  },
  "refund-conflict": {
    status: 409,
    title: "The refund is here, and says something else",
    meaning: "The order has a refund of this refundNumber with other content. It was not changed.",
    fix: "Send another refundNumber for another refund.",
    retry: "after-fix",
  },
  unexpected: {
    status: 500,
    title: "This could not be done, and the fault is ours",
    meaning: "Something that was not foreseen went wrong in the desk.",
    fix: "Send it again. If it stays, tell whoever runs the desk the code that the answer names.",
    retry: "same-request",
  },
} as const satisfies Record<string, ProblemKind>;

type ProblemKind = {
  status: number;
  title: string;
  meaning: string;
  fix: string;
  /** Whether the same request may succeed later by itself. */
  retry: "after-fix" | "same-request";
};

export type ProblemCode = keyof typeof PROBLEMS;

/** One of several things that are wrong, where it stands in what was sent. */
export type ListedFault = {
  code: string;
  /** JSON Pointer (RFC 6901), as a URI fragment. */
  pointer: string;
  detail: string;
  found: string;
};

type Told = {
  /** Seconds, where the answer says so. */
  retryAfter?: number | undefined;
  /** All that is wrong. */
  faults?: ListedFault[];
  /** Methods that the address takes. */
  allow?: string[];
};

/** Thrown by an operation, answered by `serve`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly told: Told;
  constructor(code: ProblemCode, detail: string, told: Told = {}) {
    super(detail);
    this.code = code;
    this.told = told;
  }
}
