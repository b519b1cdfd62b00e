import type { Db } from "#lib/core/db.ts";
import { type BooksChart, readBooksChart } from "#lib/mirror/chart.ts";
import { type ItemKind, type Mapping, type OrderSettings, readMapping } from "./mapping.ts";
import { lineTarget } from "./target-rules.ts";

/** What a kind of item may leave to the settings, or to its account. */
export const INHERITED = ["accountCode", "taxType", "costAccountCode"] as const;

/** Where a kind's lines go now; null where nothing says it. */
export type OfferedKind = Pick<
  ItemKind,
  "name" | "accountCode" | "taxType" | "costAccountCode" | "itemCode"
> & {
  tracking: { category: string; option: string }[];
  isMapped: boolean;
  /** What the kind does not say itself. */
  inherits: (typeof INHERITED)[number][];
};

/** What a system that sends orders may name, and how they are written; of this moment, and without a call to Xero. */
export type Offered = {
  settings: OrderSettings | null;
  kinds: OfferedKind[];
  /** `account`: which it is paid into; null while it is not mapped, or where that is no longer in Xero. */
  tenders: { name: string; account: { code: string | null; name: string } | null; isMapped: boolean }[];
  asOf: Date | null;
};

/** Kinds and tenders by name. */
export async function readOffered(db: Db, connectionId: string): Promise<Offered> {
  const [chart, mapping] = await Promise.all([
    readBooksChart(db, connectionId),
    readMapping(db, connectionId),
  ]);
  return {
    settings: mapping.settings,
    kinds: [...mapping.kinds.values()].map((kind) => offeredKind(chart, mapping, kind)),
    tenders: [...mapping.tenders.values()].map(({ name, accountId, mappedAt }) => {
      const found = chart.accounts.find((one) => one.accountId === accountId);
      const account = found ? { code: found.code, name: found.name } : null;
      return { name, account, isMapped: mappedAt !== null };
    }),
    asOf: chart.asOf,
  };
}

function offeredKind(chart: BooksChart, mapping: Mapping, kind: ItemKind): OfferedKind {
  const { settings } = mapping;
  const { accountCode, taxType } = settings
    ? lineTarget(chart, { ...mapping, settings }, kind.name).target
    : kind;
  return {
    ...{ name: kind.name, accountCode, taxType, itemCode: kind.itemCode },
    costAccountCode: kind.costAccountCode ?? settings?.costAccountCode ?? null,
    tracking: kind.tracking.flatMap(({ categoryId, optionId }) => {
      const category = chart.tracking.find((one) => one.categoryId === categoryId);
      const option = category?.options.find((one) => one.optionId === optionId);
      return category && option ? [{ category: category.name, option: option.name }] : [];
    }),
    isMapped: kind.mappedAt !== null,
    inherits: INHERITED.filter((field) => kind[field] === null),
  };
}
