/** Credit notes, overpayments and prepayments as they are kept. */
import { emit } from "../../events.ts";
import { type CreditDocument, type CreditKind, isSalesCredit, remainingCredit } from "../../model.ts";
import { creditBooks } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { updatedText } from "../../wire.ts";
import { moveStock } from "../items/stock.ts";
import { creditNames } from "./names.ts";

/** Stores it, PAID when all of it is used and AUTHORISED again when some is free, and tells the apps. */
export function saveCredit(
  scope: Scope,
  kind: CreditKind,
  credit: CreditDocument,
  change: "CREATE" | "UPDATE",
): Stored<CreditDocument> {
  const before = creditBooks[kind].get(scope, credit.id);
  const trade = isSalesCredit(credit) ? "returned by the customer" : "returned to the supplier";
  const after = kind === "credit-note" ? moveStock(scope, before, settle(credit), trade) : settle(credit);
  const saved = creditBooks[kind].put(scope, after);
  const { list: resource, category } = creditNames[kind];
  const { id, type, status, updatedAt } = saved;
  const data = {
    ...{ Type: type, Status: status },
    ...(kind !== "credit-note" && { UpdatedDateUTCString: updatedText(updatedAt) }),
  };
  emit(scope, { category, type: change, resource, id, data });
  scope.world.journal.write(`xero.${kind}.saved`, {
    ...{ tenantId: scope.tenantId, id, type, status },
    ...{ total: saved.total, remaining: remainingCredit(saved) },
  });
  return saved;
}

function settle(credit: CreditDocument): CreditDocument {
  const isSpent = remainingCredit(credit) === 0;
  if (credit.status === "AUTHORISED" && isSpent) return { ...credit, status: "PAID" };
  return credit.status === "PAID" && !isSpent ? { ...credit, status: "AUTHORISED" } : credit;
}
