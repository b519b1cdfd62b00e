import type { Endpoint } from "../call.ts";

/** The broad scope of apps from before March 2026 covers these (xero-platform.md 1.8). */
const broad = new Set([
  "accounting.invoices",
  "accounting.payments",
  "accounting.banktransactions",
  "accounting.manualjournals",
]);

/** Whether the token's scopes open this endpoint: a ".read" twin opens GETs only. */
export function mayCall({ method, scopes }: Endpoint, granted: string[]): boolean {
  const wanted = scopes.flatMap((scope) => [scope, ...(broad.has(scope) ? ["accounting.transactions"] : [])]);
  return wanted.some(
    (scope) => granted.includes(scope) || (method === "GET" && granted.includes(`${scope}.read`)),
  );
}
