/** What a try to pay came to. "closed": the session was complete or over before this try, and nothing happened. */
export type Outcome =
  | { kind: "paid" }
  /** Authorised, to be captured. */
  | { kind: "authorized" }
  /** A bank debit under way. */
  | { kind: "processing" }
  | { kind: "closed" }
  | { kind: "authenticate" }
  | { kind: "declined"; message: string };
