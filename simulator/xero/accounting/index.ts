/** The accounting API's families. A new one is one more file and one more line here. */
import type { Endpoint } from "../call.ts";
import { accountEndpoints } from "./accounts/index.ts";
import { attachmentEndpoints } from "./attachments/index.ts";
import { bankTransactionEndpoints } from "./bank-transactions/index.ts";
import { bankTransferEndpoints } from "./bank-transfers/index.ts";
import { brandingThemeEndpoints } from "./branding-themes.ts";
import { contactEndpoints } from "./contacts/index.ts";
import { creditNoteEndpoints, overpaymentEndpoints, prepaymentEndpoints } from "./credits/index.ts";
import { currencyEndpoints } from "./currencies.ts";
import { historyEndpoints } from "./history/index.ts";
import { invoiceEndpoints } from "./invoices/index.ts";
import { itemEndpoints } from "./items/index.ts";
import { organisationEndpoints } from "./organisation.ts";
import { paymentServiceEndpoints } from "./payment-services.ts";
import { batchPaymentEndpoints } from "./payments/batches.ts";
import { paymentEndpoints } from "./payments/index.ts";
import { purchaseOrderEndpoints } from "./purchase-orders/index.ts";
import { taxRateEndpoints } from "./tax-rates/index.ts";
import { trackingEndpoints } from "./tracking/index.ts";

export const endpoints: Endpoint[] = [
  ...organisationEndpoints,
  ...accountEndpoints,
  ...attachmentEndpoints,
  ...bankTransactionEndpoints,
  ...bankTransferEndpoints,
  ...brandingThemeEndpoints,
  ...contactEndpoints,
  ...creditNoteEndpoints,
  ...currencyEndpoints,
  ...historyEndpoints,
  ...invoiceEndpoints,
  ...itemEndpoints,
  ...overpaymentEndpoints,
  ...paymentEndpoints,
  ...prepaymentEndpoints,
  ...batchPaymentEndpoints,
  ...paymentServiceEndpoints,
  ...purchaseOrderEndpoints,
  ...taxRateEndpoints,
  ...trackingEndpoints,
];
