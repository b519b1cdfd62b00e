/** The rooms of lib/ from the top floor down, each with the files of db/schema that hold its tables. */
export const ROOMS: { room: string; tables: string[] }[] = [
  { room: "jobs", tables: [] },
  { room: "preflight", tables: [] },
  { room: "overdue", tables: [] },
  { room: "evidence", tables: [] },
  { room: "reconcile", tables: ["reconcile"] },
  { room: "checkout", tables: ["checkout"] },
  { room: "payouts", tables: ["payouts"] },
  { room: "orders", tables: ["orders"] },
  { room: "payments", tables: ["payments", "refunds-and-disputes"] },
  { room: "posting", tables: ["posting"] },
  { room: "processor", tables: ["processor"] },
  { room: "external-ids", tables: ["external-ids"] },
  { room: "api-keys", tables: ["api-keys"] },
  { room: "mapping", tables: ["mapping"] },
  { room: "mirror", tables: ["mirror"] },
  { room: "xero", tables: ["xero"] },
  { room: "firms", tables: ["firms"] },
  { room: "people", tables: ["people"] },
  { room: "audit", tables: ["audit"] },
  { room: "mail", tables: ["mail"] },
  { room: "core", tables: ["limits", "memory", "failures"] },
];

/** Rooms on one floor: neither may use the other. */
export const SAME_FLOOR = new Set(["audit", "mail"]);

/** Files of db/schema that hold no table. */
export const NO_TABLES = ["columns"];

/** Packages that one folder alone may import, so that one folder knows their ways. */
export const KEPT_PACKAGES: { packages: string[]; home: string; why: string }[] = [
  {
    packages: ["xero-node", "openid-client"],
    home: "lib/xero",
    why: "Only lib/xero talks to Xero: tokens, call budget and faults are seen to there. Ask one of its verbs.",
  },
  {
    packages: ["stripe"],
    home: "lib/processor/stripe",
    why: "Only lib/processor/stripe talks to Stripe. Go through the Processor type of lib/processor.",
  },
  {
    packages: ["pdfkit"],
    home: "lib/evidence",
    why: "Only lib/evidence makes PDFs: letters and receipts are HTML.",
  },
];
