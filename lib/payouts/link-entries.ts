import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { knownAs } from "#lib/payments/money-facts.ts";
import { isOfOthers, linksOf, namesIn } from "./rules.ts";
import { changePayout, linkEntry, listEntries, listLoose, lockPayout, type PayoutEntry } from "./store.ts";

/**
 * A payout may be heard of before a payment, a refund or a dispute in it: once they are known, its entries are theirs. One
 * that was left, since all of it seemed to be somebody else's, is looked at anew.
 */
export async function linkEntries(db: Db): Promise<void> {
  const loose = await listLoose(db);
  const byAccount = Map.groupBy(loose, (entry) => entry.processorAccountId);
  await eachAlone(db, [...byAccount], {
    kind: "payout-links",
    idOf: ([processorAccountId]) => processorAccountId,
    work: ([processorAccountId, entries]) => linkOf(db, processorAccountId, entries),
  });
}

async function linkOf(db: Db, processorAccountId: string, entries: PayoutEntry[]): Promise<void> {
  const known = await knownAs(db, processorAccountId, namesIn(entries));
  const found = entries
    .map((entry) => ({ entry, links: linksOf(entry, known) }))
    .filter(({ entry, links }) => isMore(links, entry));
  for (const [payoutId, rows] of Map.groupBy(found, ({ entry }) => entry.payoutId))
    await db.transaction(async (tx) => {
      const payout = await lockPayout(tx, payoutId);
      const seemedOfOthers = isOfOthers(await listEntries(tx, [payoutId]));
      for (const { entry, links } of rows) await linkEntry(tx, entry.id, links);
      if (payout?.told === "left" && seemedOfOthers) await changePayout(tx, payoutId, { told: null });
    });
}

type Links = Pick<PayoutEntry, "captureId" | "refundId" | "disputeId">;

const isMore = (links: Links, kept: Links) =>
  links.captureId !== kept.captureId ||
  links.refundId !== kept.refundId ||
  links.disputeId !== kept.disputeId;
