import type { Place } from "#app/door/action.ts";
import { longText } from "#components/long-text.ts";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import type { ItemKind, Mapping, OrderSettings } from "#lib/mapping/mapping.ts";
import { lineTarget } from "#lib/mapping/target-rules.ts";
import type { BooksChart } from "#lib/mirror/chart.ts";
import {
  accountInWords,
  lineAccounts,
  soldItems,
  taxInWords,
  taxRates,
  trackingInWords,
  trackingSlots,
} from "../chart-options.ts";
import { type KindChoices, KindForm, NewKindForm } from "./kind-form.tsx";
import { newFirst } from "./new-first.ts";

type Props = {
  place: Place;
  connectionId: string;
  chart: BooksChart;
  mapping: Mapping;
  /** The kind whose form is open. */
  openId: string | undefined;
};

/** The kinds of item that orders have named, new ones first, and where each goes. */
export function KindsSection({ place, connectionId, chart, mapping, openId }: Props) {
  const { settings, kinds } = mapping;
  return (
    <Section
      id="kinds"
      title="Kinds of item"
      intro={
        <p>What other systems call the things on their orders. The first order that names one adds it.</p>
      }
    >
      {settings ? (
        <>
          {kinds.size === 0 && <p className="text-muted">No order has named any yet.</p>}
          <ul className="border-line border-t empty:hidden">
            {newFirst([...kinds.values()]).map((kind) => (
              <KindItem
                key={kind.id}
                {...{ place, connectionId, chart, kind, mapping: { ...mapping, settings } }}
                isOpen={kind.id === openId}
              />
            ))}
          </ul>
          <NewKindForm
            place={place}
            connectionId={connectionId}
            choices={choicesOf(chart, settings, NOTHING_KEPT)}
          />
        </>
      ) : (
        <p>
          First save{" "}
          <a href={`/firms/${place.company}/${place.firm}/settings/orders?organisation=${connectionId}`}>
            how orders become documents
          </a>
          : what a kind does not say itself is taken from there.
        </p>
      )}
    </Section>
  );
}

type KindItemProps = Omit<Props, "openId" | "mapping"> & {
  kind: ItemKind;
  mapping: Mapping & { settings: OrderSettings };
  isOpen: boolean;
};

function KindItem({ place, connectionId, chart, mapping, kind, isOpen }: KindItemProps) {
  const { faults } = lineTarget(chart, mapping, kind.name);
  const page = `?organisation=${connectionId}`;
  return (
    <li id={`kind-${kind.id}`} className="grid scroll-mt-6 gap-2 border-line border-b py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-4">
          <span className={`font-semibold ${longText(kind.name)}`}>{kind.name}</span>
          {kind.mappedAt === null && <StatusWord tone="warn">New</StatusWord>}
        </p>
        {!isOpen && (
          <a href={`${page}&kind=${kind.id}#kind-${kind.id}`} className="inline-flex min-h-11 items-center">
            Change<span className="sr-only">&nbsp;{kind.name}</span>
          </a>
        )}
      </div>
      {faults.map(({ code, subject, detail }) => (
        <p key={`${code} ${subject}`} className="font-semibold text-danger text-sm">
          {detail}
        </p>
      ))}
      {isOpen ? (
        <KindForm
          {...{ place, connectionId, kindId: kind.id, closed: `${page}#kind-${kind.id}` }}
          choices={choicesOf(chart, mapping.settings, kind)}
        />
      ) : (
        <dl className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
          {factsOf(chart, mapping, kind).map(({ label, value }) => (
            <div key={label} className="flex min-w-0 gap-2">
              <dt className="flex-none text-muted">{label}</dt>
              <dd className={`min-w-0 ${longText(value)}`}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** Where a kind goes, and what of it it does not say itself. */
function factsOf(chart: BooksChart, mapping: KindItemProps["mapping"], kind: ItemKind) {
  const { target } = lineTarget(chart, mapping, kind.name);
  const { settings } = mapping;
  const from = (own: string | null, words: string, whose = "as the settings say") =>
    own ? words : `${words} (${whose})`;
  const isElsewhere = target.accountCode !== settings.salesAccountCode;
  return [
    { label: "Account", value: from(kind.accountCode, accountInWords(chart, target.accountCode)) },
    {
      label: "Tax",
      value: from(
        kind.taxType,
        taxInWords(chart, target.taxType),
        isElsewhere ? "the account's own" : "as the settings say",
      ),
    },
    { label: "Cost account", value: from(kind.costAccountCode, costInWords(chart, settings, kind)) },
    { label: "Item", value: kind.itemCode ?? "None" },
    {
      label: "Tracking",
      value: kind.tracking.map((option) => trackingInWords(chart, option)).join(", ") || "None",
    },
  ];
}

type Kept = Omit<ItemKind, "id" | "name" | "mappedAt">;
const NOTHING_KEPT: Kept = {
  accountCode: null,
  taxType: null,
  costAccountCode: null,
  itemCode: null,
  tracking: [],
};

function choicesOf(chart: BooksChart, settings: OrderSettings, kept: Kept): KindChoices {
  const { accountCode, taxType, costAccountCode, itemCode, tracking } = kept;
  return {
    accountCode: { options: lineAccounts(chart, accountCode), kept: accountCode },
    taxType: { options: taxRates(chart, taxType), kept: taxType },
    costAccountCode: { options: lineAccounts(chart, costAccountCode), kept: costAccountCode },
    itemCode: { options: soldItems(chart, itemCode), kept: itemCode },
    tracking: trackingSlots(chart, tracking),
    settings: {
      account: accountInWords(chart, settings.salesAccountCode),
      cost: costInWords(chart, settings, NOTHING_KEPT),
    },
  };
}

function costInWords(chart: BooksChart, settings: OrderSettings, { costAccountCode }: Kept): string {
  const code = costAccountCode ?? settings.costAccountCode;
  return code ? accountInWords(chart, code) : "none";
}
