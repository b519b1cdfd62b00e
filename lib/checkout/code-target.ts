import type { Db } from "#lib/core/db.ts";
import type { CodeFor } from "./codes.ts";
import { type LinkQuestion, openLink } from "./open-link.ts";

/** Whose code a link may ask for: only one that opens, or would but for the code. */
export async function codeTarget(db: Db, question: LinkQuestion): Promise<CodeFor | null> {
  const opened = await openLink(db, question);
  if (opened.kind !== "open" && opened.kind !== "code_first") return null;
  return { firmId: opened.firm.firmId, connectionId: opened.books.connectionId, contactId: opened.contactId };
}
