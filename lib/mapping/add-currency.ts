import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError, Misfilled } from "#lib/core/errors.ts";
import { newToken } from "#lib/core/ids.ts";
import { isCode } from "#lib/core/money/currencies.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { readChartSoon } from "#lib/mirror/chart.ts";
import { keepCurrency } from "#lib/mirror/keep-currency.ts";
import { appErrorOf, XeroFault } from "#lib/xero/api/xero-fault.ts";
import { ADD_CURRENCY_SCOPE, covers } from "#lib/xero/apps/scopes.ts";
import { withXero } from "#lib/xero/call.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { chartForSaving } from "./chart-for-saving.ts";
import { mappingChanged } from "./jobs.ts";

/**
 * An owner adds a currency to an organisation in Xero, where the connection's scopes allow it; the orders that were held for want
 * of it go on. Xero takes none away again (xero-documents 9). Throws `Misfilled` for one that it has or that is none, AppError
 * where Xero says no or does not answer: then its currencies are read anew.
 */
export async function addCurrency(
  db: Db,
  caller: FirmCaller,
  { connectionId, code }: { connectionId: string; code: string },
): Promise<void> {
  const { firm } = caller;
  requireAbility(firm, "settings");
  const { organisationName } = await requireLive(db, firm, connectionId);
  const { live } = await loadConnections(db, firm);
  const scopes = live.find((one) => one.connectionId === connectionId)?.scopes ?? [];
  if (!covers(scopes, ADD_CURRENCY_SCOPE))
    throw new AppError(
      "conflict",
      `The connection lacks the scope ${ADD_CURRENCY_SCOPE}: add the currency in Xero, or reconnect with it.`,
    );
  const wrong = (detail: string) => new Misfilled({ code: [detail] });
  if (!isCode(code)) throw wrong("Type the three letters of the currency, as in EUR.");
  const { currencies } = await chartForSaving(db, connectionId);
  if (currencies.includes(code)) throw wrong(`${organisationName} has ${code} already.`);
  try {
    await withXero(db, connectionId, "order", (xero) => xero.addCurrency(code, `cf:currency:${newToken()}`));
  } catch (error) {
    // Xero may have added it and not said so, or have had it for long.
    await readChartSoon(db, connectionId);
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
