import { z } from "zod";
import type { Claim } from "../types.ts";

/** Stripe keeps 500 characters under a key, and 50 keys. */
const MOST = 500;
const LINES = "counterfoil_lines_";

const ids = z.object({
  counterfoil_attempt: z.uuid(),
  counterfoil_firm: z.uuid(),
  counterfoil_connection: z.uuid(),
  counterfoil_checkout: z.uuid(),
});

/** A claim as Stripe's metadata: ids and amounts, nothing of a person. */
export function metadataOf({ attemptId, firmId, connectionId, checkoutId, lines }: Claim) {
  return {
    counterfoil_attempt: attemptId,
    counterfoil_firm: firmId,
    counterfoil_connection: connectionId,
    counterfoil_checkout: checkoutId,
    ...Object.fromEntries(chunks(lines).map((text, at) => [`${LINES}${at + 1}`, text])),
  };
}

/** Null for metadata that is not a whole claim of ours: of another system, or of a version before claims. */
export function claimIn(metadata: Record<string, string> | null): Claim | null {
  const parsed = ids.safeParse(metadata);
  if (!metadata || !parsed.success) return null;
  const pairs: string[] = [];
  for (let at = 1; metadata[`${LINES}${at}`]; at += 1)
    pairs.push(...(metadata[`${LINES}${at}`] ?? "").split(" "));
  const lines = pairs.flatMap((pair) => {
    const [, invoiceId, minor] = /^([\w-]{1,64})=([1-9]\d{0,14})$/.exec(pair) ?? [];
    return invoiceId && minor ? [{ invoiceId, amountMinor: BigInt(minor) }] : [];
  });
  if (lines.length === 0 || lines.length < pairs.length) return null;
  const { counterfoil_attempt, counterfoil_firm, counterfoil_connection, counterfoil_checkout } = parsed.data;
  return {
    attemptId: counterfoil_attempt,
    firmId: counterfoil_firm,
    connectionId: counterfoil_connection,
    checkoutId: counterfoil_checkout,
    lines,
  };
}

/** Our attempt's id alone: also of a payment that a version before claims began. */
export function attemptIn(metadata: Record<string, string>): string | null {
  return z.uuid().safeParse(metadata.counterfoil_attempt).data ?? null;
}

function chunks(lines: Claim["lines"]): string[] {
  const full: string[] = [];
  let text = "";
  for (const { invoiceId, amountMinor } of lines) {
    const pair = `${invoiceId}=${amountMinor}`;
    if (text && text.length + 1 + pair.length > MOST) {
      full.push(text);
      text = "";
    }
    text = text ? `${text} ${pair}` : pair;
  }
  return text ? [...full, text] : full;
}
