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

/** Thrown by an operation, answered by `serve`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  /** Seconds, where the answer says so. */
  readonly retryAfter: number | undefined;
  constructor(code: ProblemCode, detail: string, retryAfter?: number) {
    super(detail);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}
