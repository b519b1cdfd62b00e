/**
 * BankTransfers (xero-platform.md 3.10): nothing of them can be edited. Deleted ones stay, and lists leave them out
 * unless asked (XeroAPI/Xero-OpenAPI 822).
 */

import type { BankTransfer } from "../../bank-model.ts";
import { type Folded, text } from "../../body.ts";
import { type Call, type Endpoint, envelope, isTrue } from "../../call.ts";
import { notFound } from "../../errors.ts";
import { fields, valueInside } from "../../query/fields.ts";
import { bankTransfers } from "../../store/books.ts";
import type { Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";
import { reconciled } from "../bank-transactions/rules.ts";
import { refuseLocked } from "../invoices/rules.ts";
import { list } from "../list.ts";
import { demand, writeAll } from "../write.ts";
import { createBankTransfer } from "./create.ts";
import { removeTransfer, sidesOf } from "./save.ts";
import { transfersToWire } from "./wire.ts";

const known = fields("BankTransfer", {
  BankTransferID: ["id", "guid"],
  Status: ["status", "text"],
  Reference: ["reference", "text"],
  Date: ["day", "day"],
  Amount: ["amount", "money"],
  "FromBankAccount.AccountID": [valueInside("fromAccountId"), "guid"],
  "ToBankAccount.AccountID": [valueInside("toAccountId"), "guid"],
  FromBankTransactionID: [valueInside("fromTransactionId"), "guid"],
  ToBankTransactionID: [valueInside("toTransactionId"), "guid"],
  CreatedDateUTC: [valueInside("createdAt"), "instant"],
});

const scopes = ["accounting.banktransactions"];

export const bankTransferEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/BankTransfers",
    scopes,
    handler(call) {
      const also = isTrue(call, "includeDeleted") ? [] : [{ text: "status is not 'DELETED'", values: [] }];
      const { rows } = list(call, bankTransfers, { fields: known, also, pages: false });
      return envelope(call, { BankTransfers: transfersToWire(call, rows) });
    },
  },
  {
    method: "GET",
    pattern: "/BankTransfers/:id",
    scopes,
    handler(call) {
      const transfer = bankTransfers.get(call, call.params.id ?? "");
      if (!transfer) throw notFound();
      return envelope(call, { BankTransfers: transfersToWire(call, [transfer]) });
    },
  },
  {
    method: "PUT",
    pattern: "/BankTransfers",
    scopes,
    handler: (call) => write(call, (body) => createBankTransfer(call, body)),
  },
  {
    method: "POST",
    pattern: "/BankTransfers",
    scopes,
    handler: (call) => write(call, (body) => remove(call, body, text(body, "BankTransferID"))),
  },
  {
    method: "POST",
    pattern: "/BankTransfers/:id",
    scopes,
    handler(call) {
      if (!bankTransfers.get(call, call.params.id ?? "")) throw notFound();
      return write(call, (body) => remove(call, body, call.params.id));
    },
  },
];

function write(call: Call, change: (body: Folded) => Stored<BankTransfer>) {
  return writeAll(call, {
    name: "BankTransfers",
    idName: "BankTransferID",
    write: (body): Wire => transfersToWire(call, [change(body)])[0] ?? {},
  });
}

function remove(call: Call, body: Folded, id: string | undefined): Stored<BankTransfer> {
  const transfer = id ? bankTransfers.get(call, id) : undefined;
  demand(transfer ? [] : ["The document with the supplied id was not found for this endpoint."]);
  if (!transfer) throw new Error("demand() has let a fault through");
  const refused = refuseDeletion(call, transfer, text(body, "Status"));
  demand(refused ? [refused] : []);
  return removeTransfer(call, transfer);
}

/** Texts of ours (?), but for the reconciled one. */
function refuseDeletion(call: Call, transfer: BankTransfer, asked: string | undefined): string | null {
  if (asked?.toUpperCase() !== "DELETED") return "Bank transfers can only be updated to a status of DELETED";
  if (transfer.status === "DELETED") return "This bank transfer has already been deleted";
  const { from, to } = sidesOf(call, transfer);
  if (from.isReconciled || to.isReconciled) return reconciled;
  return refuseLocked(call.organisation, transfer.day);
}
