import "server-only";
import type { Db } from "#lib/core/db.ts";
import { Misfilled } from "#lib/core/errors.ts";
import { newToken } from "#lib/core/ids.ts";
import { isCode } from "#lib/core/money/currencies.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { keepCurrency } from "#lib/mirror/keep-currency.ts";
import { appErrorOf, XeroFault } from "#lib/xero/api/xero-fault.ts";
import { withXero } from "#lib/xero/call.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { chartForSaving } from "./chart-for-saving.ts";
import { mappingChanged } from "./jobs.ts";

/**
 * An owner adds a currency to an organisation in Xero, where the connection's scopes allow it; the orders that were held for want
 * of it go on. Xero takes none away again (xero-documents 9). Throws `Misfilled` for one that it has or that is none, AppError
 * where Xero can't be asked or says no: then nothing was changed.
 */
export async function addCurrency(
  db: Db,
  caller: FirmCaller,
  { connectionId, code }: { connectionId: string; code: string },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const { organisationName } = await requireLive(db, firm, connectionId);
  const wrong = (detail: string) => new Misfilled({ code: [detail] });
  if (!isCode(code)) throw wrong("Type the three letters of the currency, as in EUR.");
  const { currencies } = await chartForSaving(db, connectionId);
  if (currencies.includes(code)) throw wrong(`${organisationName} has ${code} already.`);
  try {
    await withXero(db, connectionId, "order", (xero) => xero.addCurrency(code, `cf:currency:${newToken()}`));
  } catch (error) {
    if (error instanceof XeroFault) throw appErrorOf(error);
    throw error;
  }
  await db.transaction(async (tx) => {
    await keepCurrency(tx, { firmId: firm.firmId, connectionId }, code);
    await recordBy(tx, caller, {
      action: "orders.currency-added",
      subject: `connection:${connectionId}`,
      detail: { organisation: organisationName, currency: code },
    });
    await enqueue(tx, mappingChanged, { connectionId });
  });
}
