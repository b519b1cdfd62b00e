import type { Db } from "#lib/core/db.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import type { OrderView } from "#lib/orders/read.ts";
import { postingIdsOf } from "#lib/posting/read.ts";
import { inWords } from "./timeline-words.ts";
import { type NamedLine, namedLines } from "./who-did-it.ts";

/** All that was written down about an order and its documents, in the order of the chain. Throws `forbidden` to who may not see. */
export async function orderTimeline(
  db: Db,
  firm: FirmContext,
  { id, documents, attachments }: Pick<OrderView, "id" | "documents" | "attachments">,
): Promise<NamedLine[]> {
  requireAbility(firm, "see");
  const sources = [...documents.map(({ documentId }) => documentId), ...attachments.map((file) => file.id)];
  const postings = await postingIdsOf(db, firm.firmId, sources);
  return namedLines(db, firm.firmId, [`order:${id}`, ...postings.map((posting) => `posting:${posting}`)]);
}

/** What a line of an order's timeline says, and what stands under it. */
export function orderLineInWords(line: NamedLine): { title: string; notes: string[] } {
  const { action, detail } = line;
  const isTakenOff = action === "posting.done" && detail.kind === "removal";
  const { title, notes } = inWords(line, new Map());
  const differs = typeof detail.differences === "string" ? [detail.differences] : [];
  return { title: isTakenOff ? "Voided or deleted in Xero" : title, notes: [...notes, ...differs] };
}
