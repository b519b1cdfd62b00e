/** Test only: what may be asked of the firms of link-worlds.ts. */
import type { Access } from "#lib/checkout/code/access.ts";
import { linkFromSearch } from "#lib/checkout/links/link-rules.ts";
import type { LinkQuestion } from "#lib/checkout/links/open-link.ts";
import { toQuery } from "#lib/firms/pay-link.ts";
import { chooser } from "../seeded.ts";
import { DAY, type LinkWorld, NUMBERS } from "./link-worlds.ts";

/** So many questions about a world, the same for one seed: right links and wrong ones, asked by clients, staff and strangers. */
export function questionsAbout(world: LinkWorld, seed: number, count: number): LinkQuestion[] {
  const { pick, oneIn, many, uuid } = chooser(seed + 3_000);
  const live = new Set(world.books.filter(({ endedAt }) => !endedAt).map(({ id }) => id));
  const owed = world.invoices.filter(
    ({ connectionId, type, status, number, dueMinor }) =>
      live.has(connectionId) &&
      type === "ACCREC" &&
      status === "AUTHORISED" &&
      number !== null &&
      dueMinor > 0n,
  );
  const ready = owed.filter(({ firmId }) => firmId === world.ready);
  const amountOf = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, "0")}`;
  return Array.from({ length: count }, () => {
    const sale = pick(...pick(world.invoices, owed, ready, ready));
    const theirs = world.books.find(({ id }) => id === sale.connectionId);
    const firm = oneIn(12) ? pick(...world.firms) : world.firms.find(({ id }) => id === sale.firmId);
    const number = oneIn(12) ? pick(...NUMBERS, "NONE-1") : (sale.number ?? "NONE-2");
    const amount = amountOf(
      pick(sale.dueMinor, sale.dueMinor, sale.totalMinor, sale.totalMinor, ...sale.duesSeen, 777n),
    );
    const [right, wrong] = [theirs?.shortCode ?? null, pick("!no", "!00")];
    const short = pick(null, null, null, right, right, right, wrong);
    const currency = pick(null, null, null, sale.currency, "AUD");
    const search = toQuery({ number, amount, short, currency });
    const link = linkFromSearch(oneIn(8) ? search.replace(/%23.*/, "") : search);
    const proof = (of: LinkWorld["invoices"][number]) => ({
      ...{ connectionId: of.connectionId, contactId: of.contactId, codeId: uuid(), until: Date.now() + DAY },
    });
    const access: Access = pick([], [], [], [proof(sale)], [proof(sale)], [proof(pick(...world.invoices))]);
    return {
      companySlug: oneIn(40) ? "nobody" : world.companySlug,
      firmSlug: oneIn(40) ? "nowhere" : (firm?.slug ?? ""),
      link: link && oneIn(15) ? { ...link, amount: null } : link,
      access,
      caller: pick(null, "203.0.113.1", "203.0.113.2", "203.0.113.4", ...Array(9).fill("198.51.100.7")),
      ownTokenHashes: many(0, 6, () => pick("none", ...world.tokenHashes)),
    };
  });
}
