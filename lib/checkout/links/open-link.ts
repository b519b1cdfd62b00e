import type { Db } from "#lib/core/db.ts";
import type { PayerFirm } from "#lib/firms/read.ts";
import { leastPart } from "#lib/firms/rules.ts";
import type { MirroredInvoice } from "#lib/mirror/read.ts";
import { requestSync } from "#lib/mirror/sync/request-sync.ts";
import { flightsOf } from "#lib/payments/in-flight.ts";
import { isTestInBooks, mayTakeFor } from "#lib/processor/test-mode.ts";
import type { PayConnection } from "#lib/xero/organisations/pay-connections.ts";
import { type Access, mayRead } from "../code/access.ts";
import { addressesOf, type CodeAddress } from "../code/code-addresses.ts";
import { amountOf, askedInvoice, judged, type Line, toLine, withoutOwnHold } from "../payable-lines-rules.ts";
import { countTry, tryOf } from "./count-link-try.ts";
import type { Link } from "./link-rules.ts";
import { NOBODY, readLink } from "./read-link.ts";

export type LinkQuestion = {
  companySlug: string;
  firmSlug: string;
  /** Null when the address holds no link at all. */
  link: Link | null;
  access: Access;
  /** The bucket of the caller's address by which guesses are counted, or null when no address is known. */
  caller: string | null;
  /** Checkouts that this browser began: their holds are its own, and don't stand in its way. */
  ownTokenHashes: string[];
};

export type OpenedLink =
  /** Unknown firm or invoice, wrong amount, void, draft, a bill, a caller who guessed too often: one answer for all. */
  | { kind: "cant_open" }
  /** Money could be taken but not recorded, so none is. */
  | { kind: "not_now"; firm: PayerFirm }
  /** The firm has not set up online payments, or the processor lets it take none: trying again helps nothing. */
  | { kind: "not_set_up"; firm: PayerFirm }
  | { kind: "paid"; firm: PayerFirm; books: PayConnection; invoice: MirroredInvoice; isTest: boolean }
  | {
      kind: "open";
      firm: PayerFirm;
      books: PayConnection;
      contactId: string;
      /** Only for who proved the contact's e-mail. */
      contactName: string | null;
      currency: string;
      askedId: string;
      lines: Line[];
      /** What the link said, when that is not what is owed now. */
      linkSaidMinor: bigint | null;
      /** Test payments are taken in real books. */
      isTest: boolean;
      /** Where a code may go that shows more, none when Xero holds no address; null when there is nothing more to show. */
      codes: CodeAddress[] | null;
    };

/**
 * What a pay link shows: from the mirror alone, without a call to Xero. One that looks right and opens nothing has the mirror
 * read anew what changed, in the background.
 */
export async function openLink(db: Db, question: LinkQuestion): Promise<OpenedLink> {
  const { companySlug, firmSlug, link, access, caller, ownTokenHashes } = question;
  if (!link || link.numbers.length === 0 || `${companySlug}${firmSlug}`.includes("\0"))
    return { kind: "cant_open" };
  const tried = tryOf(caller, link);
  const read = await readLink(db, { companySlug, firmSlug, link, ownTokenHashes, tried });
  const { firm, live, ended, account } = read;
  const { standing, isRight } = await countTry(
    db,
    { ...tried, firmId: firm?.firmId ?? NOBODY },
    { seen: read.seen, isKnown: caller !== null },
  );
  if (firm && live.length === 0) {
    await isRight();
    return { kind: "not_set_up", firm };
  }
  const { shortCode } = link;
  const candidates = shortCode === null ? live : live.filter((books) => books.shortCode === shortCode);
  // A link that names no organisation may be of one that has gone: what fits there too is not opened elsewhere.
  const others = shortCode === null ? ended : [];
  const places = new Set([...others, ...candidates.map(({ connectionId }) => connectionId)]);

  const invoices = read.invoices.filter(({ connectionId }) => places.has(connectionId));
  const proved = (invoice: MirroredInvoice) => mayRead(access, invoice.connectionId, invoice.contactId);
  const asked = askedInvoice(link, invoices, proved);
  const books = candidates.find((one) => one.connectionId === asked?.connectionId);
  if (!firm || !asked || !books || (standing === "closed" && !proved(asked))) {
    const mayBeNew = link.amount !== null && standing !== "closed";
    await requestSync(db, [NOBODY, ...(mayBeNew ? candidates.map(({ connectionId }) => connectionId) : [])]);
    return { kind: "cant_open" };
  }

  await isRight();
  const isTest = account !== undefined && isTestInBooks(account, books);
  if (asked.status === "PAID") return { kind: "paid", firm, books, invoice: asked, isTest };
  if (!books.clearingAccountId || !account || !mayTakeFor(account, books))
    return { kind: "not_set_up", firm };
  if (asked.isUnread || !books.usable) return { kind: "not_now", firm };
  if (!isOwed(asked)) return { kind: "cant_open" };

  const showsAll = firm.privacy === "open" && standing === "open";
  const theirs = invoices.filter(
    (invoice) =>
      isOwed(invoice) &&
      !invoice.isUnread &&
      invoice.contactId === asked.contactId &&
      invoice.connectionId === asked.connectionId &&
      (showsAll || proved(asked) || invoice.invoiceId === asked.invoiceId),
  );

  const ofBooks = ({ connectionId }: { connectionId: string }) => connectionId === books.connectionId;
  const flights = flightsOf(read.holds.filter(ofBooks), read.sent.filter(ofBooks));
  const contact = read.contacts.filter(ofBooks).find(({ contactId }) => contactId === asked.contactId);
  const { currency } = asked;
  const lines = judged(
    theirs.map((invoice) =>
      toLine(invoice, withoutOwnHold(flights.get(invoice.invoiceId), read.ownCheckoutIds), currency),
    ),
    { currency, minimumMinor: leastPart(firm, { currency, invoices: 1 }) },
  );
  const said = amountOf(link, currency);
  return {
    kind: "open",
    firm,
    books,
    contactId: asked.contactId,
    contactName: proved(asked) ? (contact?.name ?? null) : null,
    currency,
    askedId: asked.invoiceId,
    lines: [
      ...lines.filter((line) => line.invoiceId === asked.invoiceId),
      ...lines.filter((line) => line.invoiceId !== asked.invoiceId),
    ],
    linkSaidMinor: said !== null && said !== asked.dueMinor ? said : null,
    isTest,
    codes:
      showsAll || proved(asked)
        ? null
        : addressesOf(asked.contactId, contact ?? { email: null, persons: [] }).map(({ key, masked }) => ({
            key,
            masked,
          })),
  };
}

function isOwed({ status, type, dueMinor }: MirroredInvoice): boolean {
  return status === "AUTHORISED" && type === "ACCREC" && dueMinor > 0n;
}
