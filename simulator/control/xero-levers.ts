/** What a person at Xero, or in the organisation, would do: none of it asks the API's leave. */
import { z } from "zod";
import type { Route } from "../core/types.ts";
import { saveAccount } from "../xero/accounting/accounts/write.ts";
import { saveContact } from "../xero/accounting/contacts/write.ts";
import { findInvoice } from "../xero/accounting/invoices/find.ts";
import { removeBatch, removePayment, savePayment } from "../xero/accounting/payments/save.ts";
import { demoReset } from "../xero/demo-reset.ts";
import { amountDue } from "../xero/model.ts";
import { setPaymentService } from "../xero/online-payments.ts";
import { organisationOf } from "../xero/organisations.ts";
import {
  accounts,
  batchPayments,
  brandingThemes,
  contacts,
  organisations,
  payments,
} from "../xero/store/books.ts";
import { NotAllowed, yes } from "./input.ts";
import { accountNamed, found, lever, money, standing, today } from "./lever.ts";

const tenantId = z.string();
const day = z.iso.date().nullable().optional();

const organisation = z.object({
  tenantId,
  state: z.enum(["active", "offline", "gone"]).optional(),
  isDemo: yes.optional(),
});
const lockDates = z.object({ tenantId, periodLockDate: day, endOfYearLockDate: day });
const pay = z.object({
  tenantId,
  invoice: z.string(),
  amount: money,
  account: z.string(),
  reference: z.string().default(""),
});
const removal = z.object({
  tenantId,
  paymentId: z.string().optional(),
  batchPaymentId: z.string().optional(),
});
const account = z.object({
  tenantId,
  accountId: z.string(),
  status: z.enum(["ACTIVE", "ARCHIVED"]).optional(),
  name: z.string().optional(),
  enablePaymentsToAccount: z.boolean().optional(),
});
const contact = z.object({
  tenantId,
  contactId: z.string(),
  status: z.enum(["ACTIVE", "ARCHIVED"]).optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  persons: z
    .array(
      z.object({
        firstName: z.string().default(""),
        lastName: z.string().default(""),
        email: z.string(),
        includeInEmails: z.boolean().default(false),
      }),
    )
    .max(5)
    .optional(),
});
const paymentUrl = z.object({
  tenantId,
  name: z.string().default("Counterfoil"),
  payNowText: z.string().default("Pay now"),
  url: z.string(),
  themeIds: z.array(z.string()).optional(),
});

export const leverRoutes: Route[] = [
  lever("organisation", organisation, (scope, change) => {
    const before = found(organisationOf(scope), "organisation");
    const { state = before.state, isDemo = before.isDemo } = change;
    scope.world.journal.write("xero.organisation.state", { tenantId: scope.tenantId, state, isDemo });
    return organisations.put(scope, { ...before, state, isDemo });
  }),
  lever("demo-reset", z.object({ tenantId }), (scope) => demoReset(scope)),
  lever("lock-dates", lockDates, (scope, { periodLockDate, endOfYearLockDate }) => {
    const {
      periodLockDate: _,
      endOfYearLockDate: __,
      ...open
    } = found(organisationOf(scope), "organisation");
    return organisations.put(scope, {
      ...open,
      ...(periodLockDate && { periodLockDate }),
      ...(endOfYearLockDate && { endOfYearLockDate }),
    });
  }),
  lever("pay", pay, (scope, { invoice: asked, amount, account: into, reference }) => {
    const paid = found(findInvoice(scope, asked), "invoice");
    if (paid.status !== "AUTHORISED" || amount > amountDue(paid))
      throw new NotAllowed("That much is not due");
    const accountId = accountNamed(scope, into).id;
    return savePayment(
      scope,
      {
        id: crypto.randomUUID(),
        invoiceId: paid.id,
        type: paid.type === "ACCREC" ? "ACCRECPAYMENT" : "ACCPAYPAYMENT",
        ...{ status: "AUTHORISED", accountId, amount, bankAmount: amount, reference },
        day: today(scope),
        rate: paid.rate,
        isReconciled: false,
      },
      { of: "invoice", document: paid },
    );
  }),
  lever("remove-payment", removal, (scope, { paymentId, batchPaymentId }) =>
    batchPaymentId
      ? removeBatch(scope, standing(batchPayments.get(scope, batchPaymentId), "batch payment"))
      : removePayment(scope, standing(payments.get(scope, paymentId ?? ""), "payment")),
  ),
  lever("account", account, (scope, { accountId, status, name, enablePaymentsToAccount }) => {
    const before = found(accounts.get(scope, accountId), "account");
    const enablePayments = enablePaymentsToAccount ?? before.enablePayments;
    const after = { ...before, status: status ?? before.status, name: name ?? before.name, enablePayments };
    return saveAccount(scope, after, "updated");
  }),
  lever("contact", contact, (scope, { contactId, status, name, email, persons }) => {
    const before = found(contacts.get(scope, contactId), "contact");
    const after = { ...before, status: status ?? before.status, name: name ?? before.name };
    return saveContact(
      scope,
      { ...after, ...(email !== undefined && { email }), ...(persons !== undefined && { persons }) },
      "UPDATE",
    );
  }),
  lever("payment-url", paymentUrl, (scope, { themeIds, ...service }) => {
    const all = brandingThemes.list(scope).map(({ id }) => id);
    return setPaymentService(scope, { ...service, themeIds: themeIds ?? all });
  }),
];
