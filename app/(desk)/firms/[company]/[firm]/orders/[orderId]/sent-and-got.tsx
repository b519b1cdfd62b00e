import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { readBooksChart } from "#lib/mirror/chart.ts";
import type { OrderDocument } from "#lib/orders/read.ts";
import type { OrderStory } from "#lib/orders/staff/read-for-staff.ts";
import { saidBy } from "#lib/orders/staff/said-to-xero.ts";
import { compareInvoice, comparePurchase } from "./compare.ts";
import { ComparedTable } from "./compared-table.tsx";
import { contactNames } from "./contact-names.ts";
import type { Where } from "./load-order.ts";

/** What was sent of an order, beside what Xero is told of it. */
export async function SentAndGot({ order, where }: { order: OrderStory; where: Where }) {
  const { content, documents, currency, connectionId } = order;
  const invoice = present(documents, "invoice");
  const purchase = present(documents, "purchase_order");
  const [sold, bought] = [invoice && saidBy(invoice), purchase && saidBy(purchase)];
  const [chart, names] = await Promise.all([
    readBooksChart(db(), connectionId),
    contactNames(db(), connectionId, [sold, bought]),
  ]);
  const shown = { currency, names, chart, country: where.country };
  const there = invoice?.state === "done" ? "In Xero" : "Told to Xero";
  return (
    <Section
      id="sent"
      title="What was sent, and what Xero got"
      intro={
        <p>
          Amounts as they were sent {AMOUNTS[content.amounts]}, in {currency}.
        </p>
      }
    >
      <ComparedTable
        caption="Invoice"
        there={invoice ? there : null}
        rows={compareInvoice(content, sold ?? null, shown)}
      />
      {purchase && bought && (
        <ComparedTable
          caption="Purchase order"
          there={purchase.state === "done" ? "In Xero" : "Told to Xero"}
          rows={comparePurchase(content, bought, shown)}
        />
      )}
    </Section>
  );
}

const AMOUNTS = { exclusive: "without tax", inclusive: "with tax", none: "without any tax" };

function present(documents: OrderDocument[], kind: OrderDocument["documentKind"]) {
  return documents.find(({ documentKind, takenBackAt }) => documentKind === kind && !takenBackAt);
}
