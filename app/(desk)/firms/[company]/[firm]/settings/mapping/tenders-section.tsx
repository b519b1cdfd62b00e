import type { Place } from "#app/door/action.ts";
import { longText } from "#components/long-text.ts";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import type { Mapping, Tender } from "#lib/mapping/mapping.ts";
import { payAccountFault } from "#lib/mapping/target-rules.ts";
import type { BooksChart } from "#lib/mirror/chart.ts";
import { payAccountInWords, payAccounts } from "../chart-options.ts";
import { newFirst } from "./new-first.ts";
import { NewTenderForm, TenderForm } from "./tender-form.tsx";

type Props = { place: Place; connectionId: string; chart: BooksChart; tenders: Mapping["tenders"] };

/** The ways to pay that orders have named, new ones first, and the account that each is paid into. */
export function TendersSection({ place, connectionId, chart, tenders }: Props) {
  return (
    <Section
      id="tenders"
      title="Tenders"
      intro={
        <>
          <p>What a till calls the ways to pay. The first order that names one adds it.</p>
          <p>
            Each is paid into a bank account, or into one that takes payments: in Xero, “Enable payments to
            this account”.
          </p>
        </>
      }
    >
      {tenders.size === 0 ? (
        <p className="text-muted">No order has named any yet.</p>
      ) : (
        <ul className="border-line border-t">
          {newFirst([...tenders.values()]).map((tender) => (
            <TenderItem key={tender.id} {...{ place, connectionId, chart, tender }} />
          ))}
        </ul>
      )}
      <NewTenderForm {...{ place, connectionId, accounts: payAccounts(chart, null) }} />
    </Section>
  );
}

function TenderItem({ place, connectionId, chart, tender }: Omit<Props, "tenders"> & { tender: Tender }) {
  const { name, accountId, mappedAt } = tender;
  const fault = accountId && payAccountFault(chart, accountId);
  return (
    <li className="grid gap-1 border-line border-b py-3">
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-4">
        <span className={`font-semibold ${longText(name)}`}>{name}</span>
        {mappedAt === null && <StatusWord tone="warn">New</StatusWord>}
      </p>
      {fault && <p className="font-semibold text-danger text-sm">{fault.detail}</p>}
      {accountId && <p className="text-sm">Paid into {payAccountInWords(chart, accountId)}</p>}
      <TenderForm {...{ place, connectionId, tender, accounts: payAccounts(chart, accountId) }} />
    </li>
  );
}
