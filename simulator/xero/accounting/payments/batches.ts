/** Batch payments (xero-platform.md 3.8): one bank line for many invoices, all of it or nothing. */
import { elements, readBody, text } from "../../body.ts";
import { type Call, type Endpoint, envelope } from "../../call.ts";
import { invalid, notFound } from "../../errors.ts";
import type { BatchPayment, Organisation, Payment } from "../../model.ts";
import { fields, valueInside } from "../../query/fields.ts";
import { batchPayments, payments } from "../../store/books.ts";
import { oneOf, type Scope, type Stored } from "../../store/rows.ts";
import { refuseLocked } from "../invoices/rules.ts";
import { list } from "../list.ts";
import { writeAll } from "../write.ts";
import { createBatch } from "./batch-create.ts";
import { removeBatch } from "./save.ts";
import { batchToWire } from "./wire.ts";

const known = fields("BatchPayment", {
  BatchPaymentID: ["id", "guid"],
  Type: ["type", "text"],
  Status: ["status", "text"],
  Reference: ["reference", "text"],
  Date: ["day", "day"],
  TotalAmount: ["amount", "money"],
  "Account.AccountID": ["party", "guid"],
  IsReconciled: [valueInside("isReconciled"), "flag"],
  UpdatedDateUTC: ["updated_at", "instant"],
});

const scopes = ["accounting.payments"];

export const batchPaymentEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/BatchPayments",
    scopes,
    handler(call) {
      // DOC requests-and-responses does not list it among the paged endpoints, and OAS has no parameter for pages.
      const found = list(call, batchPayments, { fields: known, pages: false });
      const members = membersOf(call, found.rows);
      const BatchPayments = found.rows.map((batch) => batchToWire(batch, members.get(batch.id) ?? [], call));
      return envelope(call, { BatchPayments });
    },
  },
  {
    method: "GET",
    pattern: "/BatchPayments/:id",
    scopes,
    handler: (call) => envelope(call, { BatchPayments: [shown(call, required(call, call.params.id))] }),
  },
  {
    method: "PUT",
    pattern: "/BatchPayments",
    scopes,
    handler: (call) =>
      writeAll(call, {
        name: "BatchPayments",
        idName: "BatchPaymentID",
        write: (body) => createBatch(call, body),
      }),
  },
  { method: "POST", pattern: "/BatchPayments", scopes, handler: (call) => remove(call) },
  { method: "POST", pattern: "/BatchPayments/:id", scopes, handler: (call) => remove(call, call.params.id) },
];

function remove(call: Call, idInPath?: string) {
  const [body] = elements(readBody(call.req.raw), "BatchPayments");
  const batch = required(call, idInPath ?? text(body, "BatchPaymentID"));
  const refused = refuseRemoval(call.organisation, batch, text(body, "Status"));
  if (refused) throw invalid([{ ...shown(call, batch), ValidationErrors: [{ Message: refused }] }]);
  return envelope(call, { BatchPayments: [shown(call, removeBatch(call, batch))] });
}

function refuseRemoval(
  organisation: Organisation,
  { status, isReconciled, day }: BatchPayment,
  asked: string | undefined,
): string | null {
  if (asked?.toUpperCase() !== "DELETED") return "Batch payments can only be updated to a status of DELETED";
  if (status === "DELETED") return "This batch payment has already been deleted";
  if (isReconciled)
    return "This batch payment cannot be deleted as it has been reconciled with a bank statement line";
  return refuseLocked(organisation, day);
}

function membersOf(scope: Scope, batches: BatchPayment[]): Map<string, Stored<Payment>[]> {
  const found = payments.list(scope, {
    where: oneOf(
      "label",
      batches.map(({ id }) => id),
    ),
    order: "seq",
  });
  return Map.groupBy(found, ({ batchId }) => batchId ?? "");
}

function shown(call: Call, batch: Stored<BatchPayment>) {
  return batchToWire(batch, membersOf(call, [batch]).get(batch.id) ?? [], call);
}

function required(call: Call, id: string | undefined): Stored<BatchPayment> {
  const batch = batchPayments.get(call, id ?? "");
  if (!batch) throw notFound();
  return batch;
}
