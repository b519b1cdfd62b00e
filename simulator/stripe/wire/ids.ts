import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function random(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

const LENGTHS = {
  cs_test_a1: 56,
  cs_live_a1: 56,
  whsec_: 32,
  req_: 14,
  price_1: 23,
  pi_3: 23,
  ch_3: 23,
  py_3: 23,
  re_3: 23,
  pyr_1: 23,
  po_1: 23,
  du_1: 23,
  txn_3: 23,
} as const;

/** An id as Stripe's look: the prefix says what it is. */
export function newId(prefix: keyof typeof LENGTHS | "evt_1" | "we_1" | "pm_1" | "li_1" | "prod_"): string {
  return prefix + random((LENGTHS as Record<string, number>)[prefix] ?? 23);
}
