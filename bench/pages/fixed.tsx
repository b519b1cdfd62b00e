import { faceOf, PayPage } from "#app/pay/pay-page.tsx";
import { ChooseView } from "#components/pay/choose/choose-view.tsx";

const PARAMS = { company: "quickfee", firm: "harbour" };
const FIRM = {
  firmId: "fixed",
  name: "Harbour Books",
  companyName: "QuickFee",
  privacy: "code",
  accent: "#1d4f7a",
  hasLogo: false,
  supportEmail: "hello@harbour-books.example",
  supportPhone: null,
  partMinimumMinor: null,
  partCurrency: null,
  partFromInvoices: 1,
} as const;
const BOOKS = {
  connectionId: "fixed",
  organisationName: "Harbour Books Ltd",
  legalName: null,
  registrationNumber: null,
  tenantId: "00000000-0000-4000-8000-000000000000",
  shortCode: "!hB7uK",
  isDemo: false,
  baseCurrency: "GBP",
  countryCode: "GB",
  timeZone: "Europe/London",
  usable: true,
  clearingAccountId: "fixed",
};
const DUE = { minor: 48_000n, currency: "GBP" };
const LINE = {
  invoiceId: "aa01e439-d9dc-45b3-ab81-a9c978ccc617",
  number: "INV-3001",
  dueDate: "2026-11-15",
  due: DUE,
  inFlight: null,
  inFlightSince: null,
  payable: true,
  mayStartAgain: false,
  reason: null,
  checked: true,
};
const HIDDEN = { link: "amount=480.00&invoice=INV-3001" };

/** The pay page's own markup with nothing read: what is left of the way to the empty page is drawing, not asking. */
export default function FixedPage() {
  return (
    <PayPage params={PARAMS} firm={FIRM} books={BOOKS} step="choose" isTest={false}>
      <ChooseView
        country="GB"
        today="2026-11-21"
        heading="Invoice INV-3001"
        outstandingTotal={DUE}
        lines={[LINE]}
        notes={[]}
        error={null}
        action="/bench/fixed"
        againAction="/bench/fixed"
        hidden={HIDDEN}
        gate={{
          firm: faceOf(PARAMS, FIRM, BOOKS),
          codes: [{ key: "k", masked: "b•••@b•••.example" }],
          action: "/bench/fixed",
          hidden: HIDDEN,
        }}
      />
    </PayPage>
  );
}
