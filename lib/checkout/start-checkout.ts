import type { Db } from "#lib/core/db.ts";
import { hashOf, newToken } from "#lib/core/ids.ts";
import { type LinkQuestion, type OpenedLink, openLink } from "./open-link.ts";
import { insertCheckout } from "./store.ts";

export type StartedCheckout =
  | { kind: "started"; token: string }
  | { kind: "none_ticked" }
  /** The link shows something else now: its page says what. */
  | { kind: "moved"; opened: OpenedLink };

/**
 * The payer ticked invoices and pressed Continue. The link is opened again here: only what it shows and what can be
 * paid now gets into the checkout, each for what is owed now.
 */
export async function startCheckout(
  db: Db,
  question: LinkQuestion,
  { ticked, backPath }: { ticked: string[]; backPath: string },
): Promise<StartedCheckout> {
  const opened = await openLink(db, question);
  if (opened.kind !== "open") return { kind: "moved", opened };
  const chosen = opened.lines.filter((line) => line.payableMinor > 0n && ticked.includes(line.invoiceId));
  if (chosen.length === 0) return { kind: "none_ticked" };

  const token = newToken();
  await insertCheckout(
    db,
    {
      tokenHash: hashOf(token),
      firmId: opened.firm.firmId,
      connectionId: opened.books.connectionId,
      contactId: opened.contactId,
      currency: opened.currency,
      backPath,
    },
    chosen.map(({ invoiceId, number, payableMinor }) => ({ invoiceId, number, amountMinor: payableMinor })),
  );
  return { kind: "started", token };
}
