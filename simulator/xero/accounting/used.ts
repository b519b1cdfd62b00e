import { statement } from "../../core/sql.ts";
import type { Scope } from "../store/rows.ts";

/** Whether any document, living or not, has this in its JSON. */
export function isInDocuments({ world, tenantId }: Scope, piece: string): boolean {
  const row = statement(
    world.db,
    `select 1 as found from xero_rows where tenant_id = ? and valid_to is null and instr(data, ?) > 0 and kind in
     ('invoice', 'credit-note', 'overpayment', 'prepayment', 'bank-transaction', 'purchase-order') limit 1`,
  ).get(tenantId, piece);
  return row !== undefined;
}
