import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { PageTitle } from "#components/page-title.tsx";

export const metadata: Metadata = { title: "Settings" };

const PARTS = [
  { path: "firm", title: "Firm", lead: "Name, logo and colour as payers see them; who sees what; terms." },
  {
    path: "xero",
    title: "Xero",
    lead: "The app that firms connect through: client id, secret, webhook key, scopes.",
  },
  {
    path: "xero/usage",
    title: "Calls to Xero",
    lead: "How many calls are left today, what they went on, and what Xero bills the app by.",
  },
  { path: "processor", title: "Payment processor", lead: "Where card payments are taken." },
  {
    path: "payment-link",
    title: "Payment link",
    lead: "The address to paste into Xero, a check of a pasted one, and the clearing account.",
  },
  {
    path: "payouts",
    title: "Payouts",
    lead: "The bank account they arrive on, and where the processor's fees are written.",
  },
  {
    path: "orders",
    title: "Orders",
    lead: "How orders of your other systems become invoices and purchase orders in Xero.",
  },
  {
    path: "mapping",
    title: "Mapping",
    lead: "Which account each kind of item goes to, and which account each way to pay is paid into.",
  },
  {
    path: "api-keys",
    title: "API keys",
    lead: "For your other systems: what they ask the desk with, and when each was last used.",
  },
  { path: "people", title: "People", lead: "Who works here, and what they may do." },
];

export default async function SettingsPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  await requireFirmPage(place, "settings");
  return (
    <>
      <PageTitle title="Settings" />
      <ul className="max-w-2xl border-line border-t">
        {PARTS.map(({ path, title, lead }) => (
          <li key={path} className="border-line border-b">
            <a
              href={`/firms/${place.company}/${place.firm}/settings/${path}`}
              className="grid min-h-12 content-center py-3 no-underline hover:bg-tint"
            >
              <span className="font-semibold underline underline-offset-4">{title}</span>
              <span className="text-muted text-sm">{lead}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
