import type { Place } from "#app/door/action.ts";
import { csvFile } from "#app/door/csv-file.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { orderTemplate } from "#lib/orders/upload/template.ts";

/** The file to fill in: all columns, and an order as an example. */
export async function GET(_: Request, { params }: { params: Promise<Place> }): Promise<Response> {
  await requireFirmPage(await params, "act");
  return csvFile("orders", orderTemplate());
}
