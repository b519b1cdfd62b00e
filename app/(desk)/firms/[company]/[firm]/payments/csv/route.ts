import type { Place } from "#app/door/action.ts";
import { csvFile } from "#app/door/csv-file.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { dayIn } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { paymentsCsv } from "#lib/evidence/payments-csv.ts";
import { placeAndTime } from "../../place-and-time.ts";
import { readFilter, searchFor } from "../filter.ts";

/** All payments that the list's filter leaves, as a file. For whoever may see the list: it says no more than that. */
export async function GET(request: Request, { params }: { params: Promise<Place> }): Promise<Response> {
  const place = await params;
  const { firm } = await requireFirmPage(place, "see");
  const { filter } = readFilter(Object.fromEntries(new URL(request.url).searchParams));
  const { timeZone } = await placeAndTime(db(), firm.firmId);
  const from = filter.from ? `from-${filter.from}-` : "";
  const to = filter.to || dayIn(timeZone, new Date());
  const search = searchFor(filter, timeZone);
  const pieces = paymentsCsv(db(), firm, { search, timeZone });
  return csvFile(`${firm.firmSlug}-payments-${from}to-${to}`, pieces);
}
