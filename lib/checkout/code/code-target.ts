import type { Db } from "#lib/core/db.ts";
import { type LinkQuestion, openLink } from "../links/open-link.ts";
import type { CodeAddress } from "./code-addresses.ts";
import type { CodeFor } from "./codes.ts";

/** Whose code a link may ask for, and where it may go: only one that opens and does not show all yet. */
export async function codeTarget(
  db: Db,
  question: LinkQuestion,
): Promise<(CodeFor & { codes: CodeAddress[] }) | null> {
  const opened = await openLink(db, question);
  if (opened.kind !== "open" || !opened.codes) return null;
  const { firm, books, contactId, codes } = opened;
  return { firmId: firm.firmId, connectionId: books.connectionId, contactId, codes };
}
