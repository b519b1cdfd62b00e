/**
 * How many days each thing is kept that the books don't need; docs/operating.md says the same to people (a test compares).
 * What is not here is kept.
 */
export const AGES = {
  linkTries: { days: 2, what: "what was asked of pay links, and from which address" },
  limits: { days: 1, what: "counts of tries, once their time is over" },
  jobs: { days: 7, what: "jobs of the queue, once they have ended" },
  webhooks: { days: 30, what: "Xero's webhook deliveries, once worked through" },
  events: { days: 30, what: "Stripe's events, once worked through" },
  orderUploads: { days: 7, what: "uploaded files of orders; what was sent of them stays" },
  apiReplays: { days: 30, what: "answers to requests with an Idempotency-Key" },
  apiRequests: { days: 30, what: "what was asked with API keys" },
  codes: { days: 30, what: "one-time codes" },
  sessions: { days: 30, what: "staff sessions, once they have ended: address and browser" },
  passwordLinks: { days: 30, what: "password links, once they have ended" },
  consents: { days: 30, what: "begun consents to Xero" },
  checkouts: { days: 30, what: "checkouts without a try to pay; of the others, what was typed" },
  unpaid: { days: 90, what: "tries that were not paid: name, e-mail, address, browser" },
  files: { days: 90, what: "files that came with orders, once they are in Xero" },
  emails: { days: 400, what: "to whom which e-mail was sent" },
  calls: { days: 400, what: "calls to Xero, by the hour" },
  addresses: { days: 550, what: "addresses and browsers of payments, and addresses in the timeline" },
} as const;
