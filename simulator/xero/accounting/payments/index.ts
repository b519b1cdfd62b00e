/** Payments (xero-platform.md 3.7): immutable, deleted by a POST. */
import { elements, readBody, text } from "../../body.ts";
import { type Call, type Endpoint, envelope } from "../../call.ts";
import { invalid, notFound } from "../../errors.ts";
import type { Payment } from "../../model.ts";
import { fields, inside, labelOfParty, valueInside } from "../../query/fields.ts";
import { payments } from "../../store/books.ts";
import type { Stored } from "../../store/rows.ts";
import { withAttachments } from "../attachments/find.ts";
import { paymentsOf } from "../invoices/find.ts";
import { showLines } from "../invoices/lines-wire.ts";
import { list, paginated } from "../list.ts";
import { writeAll } from "../write.ts";
import { createPayment } from "./create.ts";
import { refuseRemoval } from "./rules.ts";
import { removePayment } from "./save.ts";
import type { Detail } from "./settled-wire.ts";
import { aroundPayments, paymentToWire } from "./wire.ts";

const known = fields("Payment", {
  PaymentID: ["id", "guid"],
  PaymentType: ["type", "text"],
  Status: ["status", "text"],
  Date: ["day", "day"],
  Amount: ["amount", "money"],
  BankAmount: [valueInside("bankAmount"), "money"],
  Reference: ["reference", "text"],
  IsReconciled: [valueInside("isReconciled"), "flag"],
  BatchPaymentID: ["label", "guid"],
  "Invoice.InvoiceID": ["party", "guid"],
  "Invoice.InvoiceNumber": labelOfParty("invoice"),
  "Invoice.Type": ofInvoice("other.type"),
  "Invoice.Contact.ContactID": [ofInvoice("other.party")[0], "guid"],
  "Account.AccountID": [valueInside("accountId"), "guid"],
  "Account.Code": [
    `(select account.label from xero_rows account where account.kind = 'account' and account.valid_to is null
      and account.id = ${inside("accountId").replace("data", "xero_rows.data")})`,
    "text",
  ],
  UpdatedDateUTC: ["updated_at", "instant"],
});

function ofInvoice(column: string): [sql: string, type: "text"] {
  return [
    `(select ${column} from xero_rows other where other.kind = 'invoice' and other.valid_to is null
      and other.id = xero_rows.party)`,
    "text",
  ];
}

const scopes = ["accounting.payments"];
const create = (call: Call) =>
  writeAll(call, {
    name: "Payments",
    idName: "PaymentID",
    mark: "HasValidationErrors",
    write: (body) => shown(call, createPayment(call, body), "created"),
  });

export const paymentEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/Payments",
    scopes,
    handler(call) {
      const found = list(call, payments, { fields: known });
      const around = aroundPayments(call, found.rows);
      return envelope(call, {
        ...paginated(found),
        Payments: found.rows.map((payment) => paymentToWire(payment, around(payment), "stub")),
      });
    },
  },
  {
    method: "GET",
    pattern: "/Payments/:id",
    scopes,
    handler: (call) => envelope(call, { Payments: [shown(call, required(call))] }),
  },
  { method: "PUT", pattern: "/Payments", scopes, handler: create },
  { method: "POST", pattern: "/Payments", scopes, handler: create },
  { method: "POST", pattern: "/Payments/:id", scopes, handler: remove },
];

function remove(call: Call) {
  const payment = required(call);
  const [body] = elements(readBody(call.req.raw), "Payments");
  const refused = refuseRemoval(call.organisation, payment, text(body, "Status"));
  if (refused)
    throw invalid([
      { ...shown(call, payment), HasValidationErrors: true, ValidationErrors: [{ Message: refused }] },
    ]);
  return envelope(call, { Payments: [shown(call, removePayment(call, payment))] });
}

function shown(call: Call, payment: Stored<Payment>, detail: Detail = "whole") {
  const around = aroundPayments(call, [payment])(payment);
  const settling = paymentsOf(call, [payment.invoiceId]).get(payment.invoiceId) ?? [];
  const hasAttachments = withAttachments(call, [payment.invoiceId]).has(payment.invoiceId);
  const whole = { payments: settling, showLines: showLines(call), hasAttachments };
  return paymentToWire(payment, { ...around, whole }, detail);
}

function required(call: Call): Stored<Payment> {
  const payment = payments.get(call, call.params.id ?? "");
  if (!payment) throw notFound();
  return payment;
}
