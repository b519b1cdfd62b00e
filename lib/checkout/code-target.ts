import type { Db } from "#lib/core/db.ts";
import type { CodeFor } from "./codes.ts";
import { type LinkQuestion, openLink } from "./open-link.ts";

/** Whose code a link may ask for: only one that opens. */
export async function codeTarget(db: Db, question: LinkQuestion): Promise<CodeFor | null> {
  const opened = await openLink(db, question);
  if (opened.kind !== "open") return null;
  return { firmId: opened.firm.firmId, connectionId: opened.books.connectionId, contactId: opened.contactId };
}
