import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf, newToken } from "#lib/core/ids.ts";
import { codeOf } from "./access.ts";
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
  { ticked, backPath, ip }: { ticked: string[]; backPath: string; ip: string | null },
): Promise<StartedCheckout> {
  const opened = await openLink(db, question);
  if (opened.kind !== "open") return { kind: "moved", opened };
  const chosen = opened.lines.filter((line) => line.payableMinor > 0n && ticked.includes(line.invoiceId));
  if (chosen.length === 0) return { kind: "none_ticked" };

  const token = newToken();
  const { firm, books, contactId, currency, askedId } = opened;
  await db.transaction(async (tx) => {
    const checkoutId = await insertCheckout(
      tx,
      {
        tokenHash: hashOf(token),
        firmId: firm.firmId,
        connectionId: books.connectionId,
        contactId,
        currency,
        backPath,
      },
      chosen.map(({ invoiceId, number, payableMinor }) => ({
        invoiceId,
        number,
        amountMinor: payableMinor,
        partOfMinor: null,
      })),
    );
    await record(tx, {
      firmId: firm.firmId,
      actor: "payer",
      action: "link.opened",
      subject: `checkout:${checkoutId}`,
      detail: {
        asked: opened.lines.find((line) => line.invoiceId === askedId)?.number ?? null,
        // The code that showed more than the link itself may; its own line says when it was confirmed.
        codeId: codeOf(question.access, books.connectionId, contactId),
        currency,
        lines: chosen.map((line) => `${line.invoiceId}=${line.payableMinor}`).join(" "),
      },
      ip,
    });
  });
  return { kind: "started", token };
}
