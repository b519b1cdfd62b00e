import type { Place } from "#app/door/action.ts";
import { csvFile } from "#app/door/csv-file.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { dayIn } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { ordersCsv } from "#lib/evidence/orders-csv.ts";
import { placeAndTime } from "../../place-and-time.ts";
import { readFilter, searchFor } from "../filter.ts";

/** All orders that the list's filter leaves, as a file. For whoever may see the list: it says no more than that. */
export async function GET(request: Request, { params }: { params: Promise<Place> }): Promise<Response> {
  const { firm } = await requireFirmPage(await params, "see");
  const { filter } = readFilter(Object.fromEntries(new URL(request.url).searchParams));
  const { timeZone } = await placeAndTime(db(), firm.firmId);
  const pieces = ordersCsv(db(), firm, { search: searchFor(filter), timeZone });
  return csvFile(`${firm.firmSlug}-orders-to-${dayIn(timeZone, new Date())}`, pieces);
}
