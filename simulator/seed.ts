/** What a world begins with. */
export type Seed = { seed: "demo" } | { seed: "large"; organisations: number; invoices: number };
