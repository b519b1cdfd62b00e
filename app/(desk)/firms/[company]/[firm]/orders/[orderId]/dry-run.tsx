import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { readBooksChart } from "#lib/mirror/chart.ts";
import type { OrderStory } from "#lib/orders/staff/read-for-staff.ts";
import { rehearse } from "#lib/orders/staff/rehearse.ts";
import { saidByPlan } from "#lib/orders/staff/said-to-xero.ts";
import type { PayConnection } from "#lib/xero/organisations/pay-connections.ts";
import { compareInvoice, comparePurchase } from "./compare.ts";
import { ComparedTable } from "./compared-table.tsx";
import { contactNames } from "./contact-names.ts";
import { FaultsList } from "./faults-list.tsx";
import type { Where } from "./load-order.ts";

type DryRunProps = {
  firm: FirmContext;
  order: OrderStory;
  books: PayConnection;
  where: Where;
  title?: string;
};

/** What the order would be written as now. */
export async function DryRun({ firm, order, books, where, title = "What it would be now" }: DryRunProps) {
  const [{ plan, faults, stays }, chart] = await Promise.all([
    rehearse(db(), firm, order),
    readBooksChart(db(), order.connectionId),
  ]);
  const said = plan && saidByPlan(plan);
  const names = await contactNames(db(), order.connectionId, [said?.invoice, said?.purchaseOrder]);
  const shown = { currency: order.currency, names, chart, country: where.country };
  return (
    <Section
      id="dry-run"
      title={title}
      intro={<p>By the settings, the mapping and the books of this moment. Nothing is changed by looking.</p>}
    >
      {stays && <p>A change of this order would not be taken now. {stays}</p>}
      {said ? (
        <>
          {plan.adjustments.map((adjustment) => (
            <p key={adjustment}>{adjustment}</p>
          ))}
          <ComparedTable
            caption="The invoice, now"
            there="Would be in Xero"
            rows={compareInvoice(order.content, said.invoice, shown)}
          />
          {said.purchaseOrder && (
            <ComparedTable
              caption="The purchase order, now"
              there="Would be in Xero"
              rows={comparePurchase(order.content, said.purchaseOrder, shown)}
            />
          )}
        </>
      ) : (
        <>
          <p>It would be held:</p>
          <FaultsList firm={firm} books={books} faults={faults} />
        </>
      )}
    </Section>
  );
}
