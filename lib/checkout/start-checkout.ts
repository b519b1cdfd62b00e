import { record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { hashOf, newToken } from "#lib/core/ids.ts";
import { leastPart } from "#lib/firms/rules.ts";
import { type Unpayable, whyUnpayable } from "#lib/payments/attempts/charge-amount-rules.ts";
import { codeOf } from "./code/access.ts";
import { type LinkQuestion, type OpenedLink, openLink } from "./links/open-link.ts";
import { insertCheckout } from "./store.ts";

export type StartedCheckout =
  | { kind: "started"; token: string }
  | { kind: "none_ticked" }
  /** These can't be paid together, and what the payer can do about it is to choose others. */
  | { kind: "unpayable"; because: Unpayable }
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
  const { firm, books, contactId, currency, askedId } = opened;
  const because = whyUnpayable(
    chosen.map((line) => line.payableMinor),
    currency,
  );
  // Of too much a part may be paid: that is chosen at the next step.
  const takesParts = leastPart(firm, { currency, invoices: chosen.length }) !== null;
  if (because && !(because.why === "most" && takesParts)) return { kind: "unpayable", because };

  const token = newToken();
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
