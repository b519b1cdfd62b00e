import type { ComponentProps } from "react";
import type { AmountChangedView } from "#components/pay/amount-changed-view.tsx";
import type { ChooseView } from "#components/pay/choose/choose-view.tsx";
import type { DetailsView } from "#components/pay/details-view.tsx";
import type { ReceiptView } from "#components/pay/receipt-view.tsx";
import type { FirmFace } from "#components/pay/types.ts";
import type { PayerFirm } from "#lib/firms/read.ts";
import type { PayConnection } from "#lib/xero/organisations/pay-connections.ts";

/** Words that would show whether anything is written otherwise than as text. */
const ODD = `O'Hara & "Søns" <b>Ltd</b> \u2028 {x}`;

const money = (minor: bigint) => ({ minor, currency: "AUD" });

export const PARAMS = { company: "specimen", firm: "specimen" };
export const HIDDEN = { link: `amount=1.00&invoice=${ODD}` };
export const READER = { country: "AU", today: "2026-11-04" };

export const FIRM: PayerFirm = {
  firmId: "0",
  name: ODD,
  companyName: ODD,
  privacy: "code",
  accent: "#1f5443",
  hasLogo: true,
  supportEmail: "desk@example.com",
  supportPhone: "02 5550 1234",
  partMinimumMinor: null,
  partCurrency: null,
  partFromInvoices: 1,
};

export const BOOKS: PayConnection = {
  connectionId: "0",
  organisationName: ODD,
  legalName: "Specimen Pty Ltd",
  registrationNumber: "12 345 678 901",
  shortCode: "!0",
  tenantId: "0",
  baseCurrency: "AUD",
  isDemo: false,
  countryCode: "AU",
  timeZone: "Australia/Sydney",
  usable: true,
  clearingAccountId: null,
};

const FACE: FirmFace = {
  name: ODD,
  registeredName: null,
  registrationNumber: null,
  logo: null,
  supportEmail: null,
  supportPhone: "02 5550 1234",
};

const LINE = {
  invoiceId: "1",
  number: `INV-1 ${ODD}`,
  dueDate: "2026-11-01",
  due: money(10_001n),
  inFlight: money(1n),
  inFlightSince: "2026-11-02",
  payable: true,
  mayStartAgain: false,
  reason: null,
  checked: true,
};

export const CHOICE: Omit<ComponentProps<typeof ChooseView>, keyof typeof READER> = {
  heading: "Your invoices",
  outstandingTotal: money(20_002n),
  lines: [
    LINE,
    { ...LINE, invoiceId: "2", number: "INV-2", inFlight: null, checked: false },
    { ...LINE, invoiceId: "3", number: "INV-3", payable: false, mayStartAgain: true, reason: ODD },
  ],
  notes: [ODD],
  error: "Tick at least one invoice to continue.",
  action: "/pay",
  againAction: "/pay",
  hidden: HIDDEN,
  gate: { firm: FACE, codes: [{ key: "k", masked: "j•••@e•••.example" }], action: "/pay", hidden: HIDDEN },
};

export const DETAILS: ComponentProps<typeof DetailsView> = {
  firmName: ODD,
  lines: [{ number: "INV-1", amount: money(10_001n), of: money(20_002n) }],
  total: money(10_001n),
  values: { name: ODD, email: "jo@example.com" },
  errors: [{ field: "name", message: ODD }],
  terms: `${ODD}\n\nPay what you owe.`,
  action: "/pay",
  hidden: HIDDEN,
  backHref: "/pay?a=1&b=2",
  blocked: null,
  part: {
    action: "/pay",
    lines: [
      {
        invoiceId: "1",
        number: "INV-1",
        owed: money(20_002n),
        part: { least: money(100n), most: money(20_000n) },
        typed: "100.01",
      },
    ],
  },
};

export const CHANGED: ComponentProps<typeof AmountChangedView> = {
  lines: [{ number: "INV-1", was: money(1n), now: money(2n) }],
  total: money(2n),
  action: "/pay",
  hidden: {},
  backHref: "/pay",
};

export const RECEIPT: ComponentProps<typeof ReceiptView> = {
  firm: FACE,
  reference: "CF-0000000000",
  paidOn: "2026-11-03",
  country: "AU",
  payerName: ODD,
  lines: [{ number: "INV-1", amount: money(2n) }],
  notes: [ODD],
  total: money(2n),
  method: "Visa ending 4242",
  inBooks: true,
  emailedTo: "jo@example.com",
};
