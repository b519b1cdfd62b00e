import type { Metadata } from "next";
import { Button } from "#components/forms/button.tsx";
import { Field } from "#components/forms/field.tsx";
import { PayShell } from "#components/pay/pay-shell.tsx";
import { OldHashLink } from "./old-hash-link.tsx";

export const metadata: Metadata = { title: { absolute: "Pay an invoice" } };

/**
 * The old link in its hash form: /qsopus/#/company/quickfee/firm/demo/invoiceNo/INV-2009/amount/2200.00. A browser keeps
 * what follows the "#" to itself, so a line of script carries it over; without script the payer pastes the link.
 */
export default function OldLinkPage() {
  return (
    <PayShell firm={null} step={null} demonstration={false} isTest={false}>
      <OldHashLink />
      <div className="grid gap-6">
        <div className="grid gap-2">
          <h1 className="font-semibold text-xl tracking-tight">Open your invoice</h1>
          <p>
            If your invoice does not open by itself, copy the whole link from your invoice and paste it here.
          </p>
        </div>
        <form action="/qsopus/open" className="grid gap-4">
          <Field name="link" label="Link from your invoice" required autoComplete="off" />
          <Button>Open the invoice</Button>
        </form>
      </div>
    </PayShell>
  );
}
