import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Facts } from "#components/facts.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import { type Review, reviewUpload } from "#lib/orders/upload/review-upload.ts";
import { findUpload } from "#lib/orders/upload/uploads.ts";
import { payConnection } from "#lib/xero/organisations/pay-connections.ts";
import { placeAndTime } from "../../../place-and-time.ts";
import { FileFaultsTable } from "./file-faults-table.tsx";
import { ReviewedTable } from "./reviewed-table.tsx";
import { SendForm } from "./send-form.tsx";
import { countOf, VERDICT_WORDS } from "./verdict-words.ts";

export const metadata: Metadata = { title: "Review orders" };

type Props = {
  params: Promise<Place & { uploadId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** All that sending a file of orders would do now. Nothing is sent by looking. */
export default async function ReviewPage({ params, searchParams }: Props) {
  const { uploadId, ...place } = await params;
  const { sent } = await searchParams;
  const { firm } = await requireFirmPage(place, "act");
  const upload = z.uuid().safeParse(uploadId).success && (await findUpload(db(), firm, uploadId));
  const books = upload && (await payConnection(db(), upload.connectionId));
  if (!upload || !books) notFound();
  const [review, where] = await Promise.all([
    reviewUpload(db(), firm, upload),
    placeAndTime(db(), firm.firmId),
  ]);
  const orders = `/firms/${place.company}/${place.firm}/orders`;
  return (
    <>
      <PageTitle
        title="Review orders"
        lead={`For ${books.organisationName}, from ${upload.source}. By the settings, the mapping and the books of this moment.`}
        back={{ href: `${orders}/upload`, label: "Upload orders" }}
      />
      {typeof sent === "string" && /^\d{1,3}$/.test(sent) && (
        <Notice tone="ok" action={<a href={orders}>Show all orders</a>}>
          {sent === "1" ? "One order was sent." : `${Number(sent)} orders were sent.`} Xero follows within a
          minute.
        </Notice>
      )}
      <Facts facts={[...countsOf(review), { label: "To be invoiced", value: totalsOf(review) }]} />
      <SendForm place={place} uploadId={upload.uploadId} seen={review.seen} count={review.toSend.length} />
      <FileFaultsTable firm={firm} books={books} orders={review.orders} />
      <ReviewedTable orders={review.orders} here={orders} country={where.country} />
    </>
  );
}

function countsOf({ orders }: Review) {
  return VERDICT_WORDS.map(({ verdict, word, means }) => ({
    label: word,
    value: countOf(orders, verdict),
    note: countOf(orders, verdict) > 0 ? means : undefined,
  }));
}

/** Of what would be written at once, each currency for itself. */
function totalsOf({ orders }: Review): string {
  const sums = new Map<string, bigint>();
  for (const { verdict, total } of orders) {
    if (!total || (verdict !== "new" && verdict !== "changed")) continue;
    sums.set(total.currency, (sums.get(total.currency) ?? 0n) + total.minor);
  }
  const words = [...sums].map(([currency, minor]) => `${formatMoney({ minor, currency })} ${currency}`);
  return words.length > 0 ? words.join(", ") : "Nothing";
}
