/** BankTransactions (xero-platform.md 3.9, 3.10): spent, received, overpaid and prepaid money, and the sides of transfers. */

import type { BankTransaction } from "../../bank-model.ts";
import { type Folded, text } from "../../body.ts";
import { type Call, type Endpoint, envelope } from "../../call.ts";
import { notFound } from "../../errors.ts";
import { fields, inside, labelOfParty, valueInside } from "../../query/fields.ts";
import { bankTransactions } from "../../store/books.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";
import { unitDecimals } from "../invoices/find.ts";
import { list, paginated } from "../list.ts";
import { demand, writeAll } from "../write.ts";
import { bankTransactionsToWire } from "./wire.ts";
import { createBankTransaction, updateBankTransaction } from "./write.ts";

const known = fields("BankTransaction", {
  BankTransactionID: ["id", "guid"],
  Type: ["type", "text"],
  Status: ["status", "text"],
  Reference: ["reference", "text"],
  Date: ["day", "day"],
  Total: ["amount", "money"],
  IsReconciled: [valueInside("isReconciled"), "flag"],
  "BankAccount.AccountID": ["label", "guid"],
  "BankAccount.Code": [
    `(select other.label from xero_rows other where other.kind = 'account' and other.valid_to is null
      and other.id = xero_rows.label) collate nocase`,
    "text",
  ],
  LineAmountTypes: [inside("lineAmountType"), "text"],
  HasAttachments: ["0", "flag"],
  "Contact.ContactID": ["party", "guid"],
  "Contact.Name": labelOfParty("contact"),
  CurrencyCode: [inside("currency"), "text"],
  UpdatedDateUTC: ["updated_at", "instant"],
});

const scopes = ["accounting.banktransactions"];

export const bankTransactionEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/BankTransactions",
    scopes,
    handler(call) {
      const found = list(call, bankTransactions, { fields: known });
      const decimals = found.pagination ? unitDecimals(call) : "no lines";
      return envelope(call, {
        ...paginated(found),
        BankTransactions: bankTransactionsToWire(call, found.rows, decimals),
      });
    },
  },
  {
    method: "GET",
    pattern: "/BankTransactions/:id",
    scopes,
    handler: (call) => envelope(call, { BankTransactions: [shown(call, required(call))] }),
  },
  {
    method: "PUT",
    pattern: "/BankTransactions",
    scopes,
    handler: (call) => write(call, (body) => createBankTransaction(call, body)),
  },
  {
    method: "POST",
    pattern: "/BankTransactions",
    scopes,
    handler: (call) => write(call, (body) => createOrUpdate(call, body)),
  },
  {
    method: "POST",
    pattern: "/BankTransactions/:id",
    scopes,
    handler(call) {
      const transaction = required(call);
      return write(call, (body) => updateBankTransaction(call, transaction, body));
    },
  },
];

function createOrUpdate(call: Call, body: Folded): Stored<BankTransaction> {
  const id = text(body, "BankTransactionID");
  const found = id ? bankTransactions.get(call, id) : undefined;
  demand(id && !found ? ["The document with the supplied id was not found for this endpoint."] : []);
  return found ? updateBankTransaction(call, found, body) : createBankTransaction(call, body);
}

function write(call: Call, change: (body: Folded) => Stored<BankTransaction>) {
  return writeAll(call, {
    name: "BankTransactions",
    idName: "BankTransactionID",
    write: (body) => shown(call, change(body)),
  });
}

function shown(call: Call, transaction: Stored<BankTransaction>): Wire {
  return bankTransactionsToWire(call, [transaction], unitDecimals(call))[0] ?? {};
}

function required(call: Call): Stored<BankTransaction> {
  const transaction = findBankTransaction(call, call.params.id ?? "");
  if (!transaction) throw notFound();
  return transaction;
}

/** By its id, or by the id of the overpayment or prepayment that it is (calcinai/xero-php 889). */
function findBankTransaction(scope: Scope, id: string): Stored<BankTransaction> | undefined {
  const byCredit = { where: { text: "data ->> '$.creditId' = ?", values: [id.toLowerCase()] } };
  return bankTransactions.get(scope, id) ?? bankTransactions.list(scope, byCredit)[0];
}
