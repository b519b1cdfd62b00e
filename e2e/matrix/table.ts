/**
 * Who may use which door. A new page, route handler or server action needs a line here; the test names the one that is
 * missing. Pages and handlers first, then actions, each with what a right use of it sends.
 */
import { randomUUID } from "node:crypto";
import type { Facts } from "./facts.ts";
import type { Person } from "./people.ts";

/** This file, as the test that misses a line names it. */
export const TABLE = "e2e/matrix/table.ts";

/** As lib/firms/rules.ts has them, written down a second time on purpose: a change there must be meant. */
export const MAY = {
  see: ["viewer", "staff", "owner", "company"],
  act: ["staff", "owner", "company"],
  settings: ["owner", "company"],
  connect: ["owner", "company"],
  people: ["owner", "company"],
  company: ["company"],
} as const satisfies Record<string, readonly Person[]>;

export type Ability = keyof typeof MAY;
type Fields = (facts: Facts) => Record<string, string>;

export type RouteLine =
  /** Under /firms: by ability at the firm (or company) of its address. */
  | Ability
  /** Anyone who is signed in; it shows only what is theirs. */
  | "signed-in"
  /** Anyone: it shows nothing of a firm's inside, and an inner id works only under its own firm. */
  | "public"
  /** For programs with a key of a firm's: no session opens it. */
  | "api-key"
  /** Where senders sign what they send: without the right signature it is 401, empty, and nothing is kept. */
  | "webhook"
  /** A form's post to a handler: from our own origin, by ability at the firm that its fields name. */
  | { post: Ability; fields: Fields }
  /** A payer's form: from our own origin; an inner id works only under its own firm. `changes`: a right use changes a table. */
  | { post: "public"; fields: Fields; changes: boolean }
  /** Tested by a step of its own in matrix.spec.ts. */
  | "own-step";

export const ROUTES: Record<string, RouteLine> = {
  "GET /": "signed-in",
  "GET /firms": "signed-in",
  "GET /xero-answer": "signed-in",
  "GET /firms/[company]/new": "company",
  "GET /firms/[company]/[firm]": "see",
  "GET /firms/[company]/[firm]/connections": "see",
  "GET /firms/[company]/[firm]/connections/choose/[flow]": "connect",
  "GET /firms/[company]/[firm]/connections/migrate": "connect",
  "GET /firms/[company]/[firm]/connections/preflight": "connect",
  "GET /firms/[company]/[firm]/payments": "see",
  "GET /firms/[company]/[firm]/payments/csv": "see",
  "GET /firms/[company]/[firm]/payments/[captureId]": "see",
  "GET /firms/[company]/[firm]/payments/[captureId]/refund": "act",
  "GET /firms/[company]/[firm]/payments/[captureId]/evidence/json": "see",
  "GET /firms/[company]/[firm]/payments/[captureId]/evidence/pdf": "see",
  "GET /firms/[company]/[firm]/orders": "see",
  "GET /firms/[company]/[firm]/orders/csv": "see",
  "GET /firms/[company]/[firm]/orders/upload": "act",
  "GET /firms/[company]/[firm]/orders/upload/template": "act",
  "GET /firms/[company]/[firm]/orders/upload/[uploadId]": "act",
  "GET /firms/[company]/[firm]/orders/[orderId]": "see",
  "GET /firms/[company]/[firm]/orders/[orderId]/cancel": "act",
  "GET /firms/[company]/[firm]/orders/[orderId]/credit": "act",
  "GET /firms/[company]/[firm]/to-do": "see",
  "GET /firms/[company]/[firm]/clearing": "see",
  "GET /firms/[company]/[firm]/settings": "settings",
  "GET /firms/[company]/[firm]/settings/api-keys": "settings",
  "GET /firms/[company]/[firm]/settings/api-keys/requests": "settings",
  "GET /firms/[company]/[firm]/settings/api-keys/requests/[requestId]": "settings",
  "GET /firms/[company]/[firm]/settings/firm": "settings",
  "GET /firms/[company]/[firm]/settings/mapping": "settings",
  "GET /firms/[company]/[firm]/settings/orders": "settings",
  "GET /firms/[company]/[firm]/settings/payment-link": "settings",
  "GET /firms/[company]/[firm]/settings/payouts": "settings",
  "GET /firms/[company]/[firm]/settings/people": "people",
  "GET /firms/[company]/[firm]/settings/processor": "settings",
  "GET /firms/[company]/[firm]/settings/xero": "connect",
  "GET /firms/[company]/[firm]/settings/xero/import": "connect",
  "GET /firms/[company]/[firm]/settings/xero/usage": "connect",

  "GET /setup": "public",
  "GET /sign-in": "public",
  "GET /sign-in/password/[token]": "public",
  "GET /company/[...rest]": "public",
  "GET /qsopus": "public",
  "GET /qsopus/[...rest]": "public",
  "GET /qsopus/open": "public",
  "GET /pay/[company]/[firm]": "public",
  "GET /pay/specimen": "public",
  "GET /pay-document/[...page]": "public",
  "GET /pay/[company]/[firm]/code": "public",
  "GET /pay/[company]/[firm]/logo": "public",
  "GET /pay/[company]/[firm]/stopped": "public",
  "GET /pay/[company]/[firm]/checkout/[token]": "public",
  "GET /pay/[company]/[firm]/checkout/[token]/cancelled": "public",
  "GET /pay/[company]/[firm]/checkout/[token]/receipt": "public",
  "GET /pay/[company]/[firm]/checkout/[token]/return": "public",
  "GET /pay/[company]/[firm]/checkout/[token]/waiting": "public",
  "GET /api/auth/[...nextauth]": "public",
  "GET /api/health/live": "public",
  "ANY /api/v1/chart": "api-key",
  "ANY /api/v1/mapping": "api-key",
  "ANY /api/v1/orders": "api-key",
  "ANY /api/v1/orders/batch": "api-key",
  "ANY /api/v1/orders/[id]": "api-key",
  "ANY /api/v1/orders/[id]/attachments": "api-key",
  "ANY /api/v1/orders/[id]/cancel": "api-key",
  "ANY /api/v1/orders/[id]/refunds": "api-key",
  "ANY /api/v1/[...path]": "api-key",
  "GET /api/v1/docs": "public",
  "GET /api/v1/openapi.json": "public",
  "GET /problems/[code]": "public",
  "GET /api/health/ready": "public",
  "GET /api/health/worker": "public",

  "POST /api/xero/webhook/[appId]": "webhook",
  "POST /api/stripe/webhook/[accountId]": "webhook",
  "POST /api/xero/connect": {
    post: "connect",
    fields: ({ company, firm, connectionId }) => ({ company, firm, connection: connectionId }),
  },
  "GET /api/xero/callback": "own-step",
  "POST /api/auth/[...nextauth]": "own-step",

  "POST /pay/[company]/[firm]/choose": {
    post: "public",
    fields: ({ link, invoice }) => ({ link, invoice }),
    changes: true,
  },
  "POST /pay/[company]/[firm]/again": {
    post: "public",
    fields: ({ link, invoice }) => ({ link, again: invoice }),
    changes: false,
  },
  "POST /pay/[company]/[firm]/checkout/[token]/again": {
    post: "public",
    fields: () => ({}),
    changes: false,
  },
  "POST /pay/[company]/[firm]/code/send": {
    post: "public",
    fields: ({ link, codeKey }) => ({ link, to: codeKey }),
    changes: true,
  },
  "POST /pay/[company]/[firm]/code/check": {
    post: "public",
    fields: ({ link, codeKey }) => ({ link, to: codeKey, code: "000000" }),
    changes: true,
  },
  "POST /pay/[company]/[firm]/checkout/[token]/amounts": {
    post: "public",
    fields: () => ({}),
    changes: false,
  },
  "POST /pay/[company]/[firm]/checkout/[token]/part": {
    post: "public",
    fields: ({ invoice }) => ({ invoice, amount: "" }),
    changes: false,
  },
  "POST /pay/[company]/[firm]/checkout/[token]/pay": {
    post: "public",
    fields: ({ termsVersion }) => ({
      name: "Pat Payer",
      email: "pat@clients.example",
      terms: "accepted",
      version: termsVersion,
    }),
    changes: true,
  },
};

export type ActionLine =
  /** By ability at the firm that is bound to the form. `ids`: its fields name things of the firm, so it is also sent with another firm's. */
  | { needs: Ability; fields: Fields; ids: boolean }
  /** For strangers, from our own origin. */
  | { needs: "own-origin"; fields: Fields }
  /** Over since there are people: it does nothing any more, for anyone. */
  | { needs: "nobody"; fields: Fields };

export const CUSTOM_SCOPES =
  "accounting.settings.read accounting.contacts accounting.invoices accounting.attachments accounting.payments accounting.banktransactions";

const xeroApp: Fields = ({ spareApp }) => ({
  clientId: spareApp.clientId,
  clientSecret: spareApp.clientSecret,
  webhookKey: "",
  scopes:
    "openid profile email offline_access accounting.settings.read accounting.contacts accounting.invoices accounting.attachments accounting.payments accounting.banktransactions",
});
const MAPPED = { accountCode: "260", taxType: "", costAccountCode: "", itemCode: "" };
const FIRM = "app/(desk)/firms/[company]/[firm]";

/** A file of an order, as staff upload it. */
export const ORDERS_FILE = `Order number,Currency,Amounts are,Customer name,Kind,Description,Unit price
U-harbour,GBP,no tax,Oona of orders,Scones at harbour,Scones,1.00`;

/** In the order in which the last test uses them: each with what the one before has left. */
export const ACTIONS: Record<string, ActionLine> = {
  "app/sign-in/password/[token]/actions.ts sendNewPassword": {
    needs: "own-origin",
    fields: ({ passwordToken }) => ({ link: passwordToken, password: "tussock plinth avocet 7" }),
  },
  [`${FIRM}/to-do/actions.ts sendSurplus`]: {
    needs: "act",
    fields: ({ postingId, invoice }) => ({ postingId, to: invoice }),
    ids: true,
  },
  [`${FIRM}/to-do/actions.ts sendRetry`]: {
    needs: "act",
    fields: ({ thirdPostingId }) => ({ postingId: thirdPostingId }),
    ids: true,
  },
  [`${FIRM}/to-do/actions.ts sendRetryAll`]: {
    needs: "act",
    fields: () => ({ cause: "locked" }),
    ids: false,
  },
  [`${FIRM}/to-do/actions.ts sendByHand`]: {
    needs: "act",
    fields: ({ otherPostingId }) => ({ postingId: otherPostingId, note: "Entered in Xero" }),
    ids: true,
  },
  [`${FIRM}/to-do/actions.ts sendReopen`]: {
    needs: "act",
    fields: () => ({ caller: "203.0.113.250", invoiceKey: "inv-3001" }),
    ids: false,
  },
  [`${FIRM}/to-do/late-actions.ts sendTryLate`]: {
    needs: "act",
    fields: ({ letterId }) => ({ kind: "email", id: letterId }),
    ids: true,
  },
  [`${FIRM}/to-do/late-actions.ts sendEndLate`]: {
    needs: "act",
    fields: ({ letterId }) => ({ kind: "email", id: letterId, note: "Rang them" }),
    ids: true,
  },
  [`${FIRM}/to-do/actions.ts sendSettled`]: {
    needs: "act",
    fields: ({ breakId }) => ({ breakId, note: "Looked at it in Xero" }),
    ids: true,
  },
  [`${FIRM}/payments/[captureId]/refund/actions.ts sendRefund`]: {
    needs: "act",
    fields: ({ captureId }) => ({
      captureId,
      refundId: randomUUID(),
      seenLeftMinor: "12345",
      amountMinor: "100",
      note: "Asked for by phone",
    }),
    ids: true,
  },
  [`${FIRM}/orders/upload/actions.ts sendReviewed`]: {
    needs: "act",
    fields: ({ uploadId, uploadSeen }) => ({ uploadId, seen: uploadSeen }),
    ids: true,
  },
  [`${FIRM}/orders/upload/actions.ts sendFile`]: {
    needs: "act",
    fields: ({ connectionId }) => ({ connectionId, source: "upload", pasted: ORDERS_FILE }),
    ids: true,
  },
  [`${FIRM}/orders/[orderId]/actions.ts sendContact`]: {
    needs: "act",
    fields: ({ orderId, buyerKey, buyerContactId }) => ({
      ...{ orderId, key: buyerKey, contactId: buyerContactId },
    }),
    ids: true,
  },
  [`${FIRM}/orders/[orderId]/actions.ts sendCredit`]: {
    needs: "act",
    fields: ({ writtenOrderId }) => ({
      ...{ orderId: writtenOrderId, refundNumber: `desk-${randomUUID()}`, amount: "1.00", reason: "Broken" },
    }),
    ids: true,
  },
  [`${FIRM}/settings/firm/actions.ts sendProfile`]: {
    needs: "settings",
    fields: () => ({ name: "Harbour & Co", supportEmail: "", supportPhone: "", accent: "#1d4f7a" }),
    ids: false,
  },
  [`${FIRM}/settings/firm/actions.ts sendPrivacy`]: {
    needs: "settings",
    fields: () => ({ privacy: "open", understood: "on" }),
    ids: false,
  },
  [`${FIRM}/settings/firm/actions.ts sendPartPayment`]: {
    needs: "settings",
    fields: () => ({ on: "on", currency: "GBP", minimum: "50.00", fromInvoices: "1" }),
    ids: false,
  },
  [`${FIRM}/settings/firm/actions.ts sendSurplusPolicy`]: {
    needs: "settings",
    fields: () => ({ policy: "next_invoice" }),
    ids: false,
  },
  [`${FIRM}/settings/firm/actions.ts sendTrust`]: {
    needs: "settings",
    fields: () => ({ hours: "12" }),
    ids: false,
  },
  [`${FIRM}/settings/firm/actions.ts sendTerms`]: {
    needs: "settings",
    fields: () => ({ body: "Pay what you owe." }),
    ids: false,
  },
  [`${FIRM}/settings/payment-link/actions.ts sendClearing`]: {
    needs: "settings",
    fields: ({ connectionId, accountId }) => ({ connectionId, accountId }),
    ids: true,
  },
  [`${FIRM}/settings/payouts/actions.ts sendPayouts`]: {
    needs: "settings",
    fields: ({ connectionId, bankAccountId }) => ({
      ...{ connectionId, bankAccountId, feeAccountCode: "404", feeTaxType: "NONE", taxedFeeTaxType: "" },
      ...{ feesPer: "payout", startsOn: "2026-11-01" },
    }),
    ids: true,
  },
  [`${FIRM}/clearing/actions.ts sendCheck`]: {
    needs: "act",
    fields: ({ connectionId }) => ({ connectionId }),
    ids: true,
  },
  [`${FIRM}/to-do/actions.ts sendPayoutByHand`]: {
    needs: "act",
    fields: ({ payoutId }) => ({ payoutId, note: "Entered in Xero" }),
    ids: true,
  },
  [`${FIRM}/settings/processor/actions.ts sendKey`]: {
    needs: "settings",
    fields: () => ({ secretKey: "sk_test_harbour_books" }),
    ids: false,
  },
  [`${FIRM}/settings/processor/actions.ts sendRenewedKey`]: {
    needs: "settings",
    fields: ({ processorAccountId }) => ({
      accountId: processorAccountId,
      secretKey: "sk_test_harbour_books",
    }),
    ids: true,
  },
  [`${FIRM}/settings/processor/actions.ts sendTestPayments`]: {
    needs: "settings",
    fields: () => ({ allowed: "yes" }),
    ids: false,
  },
  [`${FIRM}/settings/processor/actions.ts sendMethods`]: {
    needs: "settings",
    fields: () => ({ takesDebits: "yes" }),
    ids: false,
  },
  [`${FIRM}/settings/processor/actions.ts sendWebhookSecret`]: {
    needs: "settings",
    fields: () => ({ webhookSecret: `whsec_${"a".repeat(32)}` }),
    ids: false,
  },
  [`${FIRM}/settings/orders/actions.ts sendOrderSettings`]: {
    needs: "settings",
    fields: ({ connectionId }) => ({
      ...{ connectionId, process: "untracked", invoiceStatus: "AUTHORISED", numbering: "order" },
      ...{ numberPrefix: "SHOP-", dueDays: "14", salesAccountCode: "200", salesTaxType: "" },
      ...{ costAccountCode: "310", inventoryAccountCode: "", roundingAccountCode: "860" },
      ...{ cashContact: "", supplierContact: "" },
      ...{ onLocked: "hold", onCancel: "void", onUnmapped: "fallback", emailInvoices: "no" },
    }),
    ids: true,
  },
  [`${FIRM}/settings/orders/actions.ts sendCurrency`]: {
    needs: "settings",
    fields: ({ connectionId }) => ({ connectionId, code: "SEK" }),
    ids: true,
  },
  [`${FIRM}/orders/[orderId]/actions.ts sendTryOrder`]: {
    needs: "act",
    fields: ({ orderId }) => ({ orderId }),
    ids: true,
  },
  [`${FIRM}/orders/[orderId]/actions.ts sendCancel`]: {
    needs: "act",
    fields: ({ orderId }) => ({ orderId }),
    ids: true,
  },
  [`${FIRM}/settings/mapping/actions.ts sendKind`]: {
    needs: "settings",
    fields: ({ connectionId, itemKindId }) => ({ connectionId, kindId: itemKindId, ...MAPPED }),
    ids: true,
  },
  [`${FIRM}/settings/mapping/actions.ts sendNewKind`]: {
    needs: "settings",
    fields: ({ connectionId }) => ({ connectionId, name: "Coffee", ...MAPPED }),
    ids: true,
  },
  [`${FIRM}/settings/mapping/actions.ts sendTender`]: {
    needs: "settings",
    fields: ({ connectionId, tenderId, bankAccountId }) => ({
      ...{ connectionId, tenderId, accountId: bankAccountId },
    }),
    ids: true,
  },
  [`${FIRM}/settings/mapping/actions.ts sendNewTender`]: {
    needs: "settings",
    fields: ({ connectionId, bankAccountId }) => ({ connectionId, name: "Cash", accountId: bankAccountId }),
    ids: true,
  },
  [`${FIRM}/settings/api-keys/actions.ts sendNewKey`]: {
    needs: "settings",
    fields: ({ connectionId }) => ({ connectionId, name: "Till", process: "", read: "on" }),
    ids: true,
  },
  [`${FIRM}/settings/api-keys/actions.ts sendRevocation`]: {
    needs: "settings",
    fields: ({ apiKeyId }) => ({ keyId: apiKeyId }),
    ids: true,
  },
  [`${FIRM}/settings/people/actions.ts sendNewMember`]: {
    needs: "people",
    fields: () => ({ name: "Nora New", email: "nora@harbour-books.example", role: "viewer" }),
    ids: false,
  },
  [`${FIRM}/settings/people/actions.ts sendRenewLink`]: {
    needs: "people",
    fields: ({ membershipId }) => ({ membershipId }),
    ids: true,
  },
  [`${FIRM}/settings/people/actions.ts sendRole`]: {
    needs: "people",
    fields: ({ membershipId }) => ({ membershipId, role: "staff" }),
    ids: true,
  },
  [`${FIRM}/settings/people/actions.ts sendRemoval`]: {
    needs: "people",
    fields: ({ membershipId }) => ({ membershipId }),
    ids: true,
  },
  [`${FIRM}/settings/xero/actions.ts sendFirmApp`]: { needs: "connect", fields: xeroApp, ids: false },
  [`${FIRM}/settings/xero/usage/actions.ts sendFirmTier`]: {
    needs: "connect",
    fields: () => ({ tier: "core" }),
    ids: false,
  },
  [`${FIRM}/settings/xero/usage/actions.ts sendCompanyTier`]: {
    needs: "company",
    fields: () => ({ tier: "core" }),
    ids: false,
  },
  [`${FIRM}/settings/xero/import/actions.ts sendCredentials`]: {
    needs: "connect",
    fields: () => ({ pasted: "kind,name,consumerKey\noauth1,Old desk,0LDDESKKEY" }),
    ids: false,
  },
  [`${FIRM}/settings/xero/actions.ts sendCompanyApp`]: { needs: "company", fields: xeroApp, ids: false },
  [`${FIRM}/connections/auto-sync-action.ts sendAutoSync`]: {
    needs: "settings",
    fields: ({ connectionId }) => ({ connectionId, on: "no" }),
    ids: true,
  },
  [`${FIRM}/connections/migrate/actions.ts sendLinks`]: {
    needs: "connect",
    fields: ({ connectionId }) => ({
      connectionId,
      pasted: "system,kind,theirId,xeroId\nsuitecrm,item,7,70784a63-d24b-46a9-a4db-0e70a274b056",
    }),
    ids: true,
  },
  [`${FIRM}/connections/actions.ts sendChoice`]: {
    needs: "connect",
    fields: ({ flowId, tenantId }) => ({ flowId, tenantId }),
    ids: true,
  },
  [`${FIRM}/connections/actions.ts sendDisconnect`]: {
    needs: "connect",
    fields: ({ connectionId }) => ({ connectionId, hereOnly: "on" }),
    ids: true,
  },
  [`${FIRM}/settings/xero/actions.ts sendCustomApp`]: {
    needs: "connect",
    fields: ({ customApp }) => ({ ...customApp, webhookKey: "", scopes: CUSTOM_SCOPES }),
    ids: false,
  },
  "app/(desk)/firms/[company]/new/actions.ts sendNewFirm": {
    needs: "company",
    fields: ({ company }) => ({ companySlug: company, name: "Northgate", firmSlug: "northgate" }),
    ids: true,
  },
  "app/sign-in/actions.ts signOut": { needs: "own-origin", fields: () => ({}) },
  "app/sign-in/actions.ts sendSignIn": {
    needs: "own-origin",
    fields: ({ credentials }) => ({ ...credentials, next: "/firms" }),
  },
  "app/setup/actions.ts sendSetUp": {
    needs: "nobody",
    fields: () => ({
      companyName: "Mine",
      companySlug: "mine",
      firmName: "Mine",
      firmSlug: "mine",
      name: "Mallory",
      email: "mallory@example.com",
      password: "tussock plinth avocet 7",
    }),
  },
};
