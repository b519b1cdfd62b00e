import { z } from "zod";
import { seal, open as unseal } from "#lib/core/vault/vault.ts";

/**
 * What this browser has proved: that it can read the mail of these contacts, by which code, until then (milliseconds
 * since 1970).
 */
const proof = z
  .array(
    z.strictObject({
      connectionId: z.uuid(),
      contactId: z.string(),
      codeId: z.uuid(),
      until: z.number(),
    }),
  )
  .max(8);
export type Access = z.infer<typeof proof>;

export const ACCESS_COOKIE = "cf_access";
export const ACCESS_SECONDS = 30 * 60;
const PLACE = { table: "cookie", row: "pay", column: "access" };

/** Reads the sealed cookie; anything old, cut or foreign is no proof. */
export function readAccess(cookie: string | undefined, now: number): Access {
  if (!cookie) return [];
  try {
    return proof.parse(JSON.parse(unseal(cookie, PLACE))).filter((entry) => entry.until > now);
  } catch {
    return [];
  }
}

export function writeAccess(
  before: Access,
  { connectionId, contactId, codeId }: { connectionId: string; contactId: string; codeId: string },
  now: number,
): string {
  const others = before.filter((entry) => entry.contactId !== contactId).slice(-7);
  const entry = { connectionId, contactId, codeId, until: now + ACCESS_SECONDS * 1_000 };
  return seal(JSON.stringify([...others, entry]), PLACE);
}

export function mayRead(access: Access, connectionId: string, contactId: string): boolean {
  return codeOf(access, connectionId, contactId) !== null;
}

/** The code by which this browser may read this contact's invoices; null when it may not. */
export function codeOf(access: Access, connectionId: string, contactId: string): string | null {
  const proved = access.find((entry) => entry.connectionId === connectionId && entry.contactId === contactId);
  return proved?.codeId ?? null;
}
