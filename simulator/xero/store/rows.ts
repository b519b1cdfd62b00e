/**
 * Every object of every organisation, with each earlier version kept: the current one has no end. A stale read looks
 * at the versions that were current then. Columns are what lists filter and sort by; the whole object is JSON.
 */
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";

export type Kind =
  | "organisation"
  | "contact"
  | "account"
  | "invoice"
  | "credit-note"
  | "overpayment"
  | "prepayment"
  | "payment"
  | "batch-payment"
  | "bank-transaction"
  | "bank-transfer"
  | "history-note"
  | "branding-theme"
  | "payment-service"
  | "tax-rate"
  | "tracking-category"
  | "item"
  | "purchase-order"
  | "attachment"
  | "currency";

/** Whose books, as of when, and the app that asks; nobody's app when a person is at work. */
export type Scope = { world: World; tenantId: string; asOf?: number; clientId?: string };

export type Columns = {
  /** Number, name or code: what a person calls it. */
  label?: string | null;
  status?: string | null;
  type?: string | null;
  /** The object it hangs on: an invoice's contact, a payment's document. */
  party?: string | null;
  reference?: string | null;
  day?: string | null;
  due?: string | null;
  /** Minor units: what is due of an invoice, the amount of a payment. */
  amount?: number | null;
  createdBy?: string | null;
};

/** What is stored beside the object itself. */
export type Stored<T> = T & { id: string; updatedAt: number };

export type Condition = { text: string; values: (string | number | null)[] };

export const createTable = `
create table if not exists xero_rows (
  seq integer primary key, tenant_id text not null, kind text not null, id text not null,
  label text collate nocase, status text, type text, party text, reference text collate nocase,
  day text, due text, amount integer, created_by text,
  updated_at integer not null, valid_from integer not null, valid_to integer, data text not null, written_by text) strict;
create unique index if not exists xero_rows_now on xero_rows (kind, id, tenant_id) where valid_to is null;
create index if not exists xero_rows_label on xero_rows (tenant_id, kind, label) where valid_to is null;
create index if not exists xero_rows_party on xero_rows (tenant_id, kind, party, updated_at) where valid_to is null;
create index if not exists xero_rows_status on xero_rows (tenant_id, kind, status, updated_at, id) where valid_to is null;
create index if not exists xero_rows_reference on xero_rows (tenant_id, kind, reference) where valid_to is null;
create index if not exists xero_rows_updated on xero_rows (tenant_id, kind, updated_at, id) where valid_to is null;
create index if not exists xero_rows_day on xero_rows (tenant_id, kind, day, id) where valid_to is null;
create index if not exists xero_rows_token on xero_rows (data ->> '$.onlineToken') where valid_to is null and kind = 'invoice';
create index if not exists xero_rows_then on xero_rows (tenant_id, kind, id, valid_from, valid_to);
`;

const insert = `insert into xero_rows (tenant_id, kind, id, label, status, type, party, reference, day, due, amount,
  created_by, updated_at, valid_from, data, written_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Writes a new version that is current from now on. */
export function putRow<T extends { id: string }>(
  { world, tenantId, clientId }: Scope,
  kind: Kind,
  object: T,
  columns: Columns,
  updatedAt = world.clock.now(),
): Stored<T> {
  const now = world.clock.now();
  removeRow({ world, tenantId }, kind, object.id);
  const { label, status, type, party, reference, day, due, amount, createdBy } = columns;
  statement(world.db, insert).run(
    ...[tenantId, kind, object.id, label ?? null, status ?? null, type ?? null, party ?? null],
    ...[reference ?? null, day ?? null, due ?? null, amount ?? null, createdBy ?? null],
    ...[updatedAt, now, JSON.stringify(object), clientId ?? null],
  );
  return { ...object, updatedAt };
}

/** Xero forgets it: no list shows it any more. */
export function removeRow({ world, tenantId }: Scope, kind: Kind, id: string): void {
  statement(
    world.db,
    "update xero_rows set valid_to = max(?, valid_from) where kind = ? and id = ? and tenant_id = ? and valid_to is null",
  ).run(world.clock.now(), kind, id, tenantId);
}

export function getRow<T>(scope: Scope, kind: Kind, id: string): Stored<T> | undefined {
  return selectRows<T>(scope, kind, {
    where: { text: "id = ?", values: [id.toLowerCase()] },
    order: "null",
  })[0];
}

type Selection = { where?: Condition | undefined; order?: string; limit?: number; offset?: number };

export function selectRows<T>(scope: Scope, kind: Kind, selection: Selection = {}): Stored<T>[] {
  const { order = "updated_at, id", limit = -1, offset = 0 } = selection;
  const { text, values } = during(scope, kind, selection.where);
  const rows = statement(
    scope.world.db,
    `select data, updated_at from xero_rows where ${text} order by ${order} limit ? offset ?`,
  ).all(...values, limit, offset);
  return rows.map((row) => ({ ...JSON.parse(String(row.data)), updatedAt: Number(row.updated_at) }));
}

/** What it was since `from`, and which app wrote that; null for a person. */
export type Version<T> = Stored<T> & { from: number; writtenBy: string | null };

/** All that it ever was, the first one first. */
export function versionsOf<T>({ world, tenantId, asOf }: Scope, kind: Kind, id: string): Version<T>[] {
  const rows = statement(
    world.db,
    `select data, updated_at, valid_from, written_by from xero_rows where tenant_id = ? and kind = ? and id = ? and valid_from <= ?
     order by seq`,
  ).all(tenantId, kind, id, asOf ?? Number.MAX_SAFE_INTEGER);
  return rows.map((row) => ({
    ...JSON.parse(String(row.data)),
    updatedAt: Number(row.updated_at),
    from: Number(row.valid_from),
    writtenBy: row.written_by === null ? null : String(row.written_by),
  }));
}

export function countRows(scope: Scope, kind: Kind, where?: Condition): number {
  const { text, values } = during(scope, kind, where);
  const row = statement(scope.world.db, `select count(*) as n from xero_rows where ${text}`).get(...values);
  return Number(row?.n);
}

function during({ tenantId, asOf }: Scope, kind: Kind, where?: Condition): Condition {
  const time =
    asOf === undefined ? "valid_to is null" : "valid_from <= ? and (valid_to is null or valid_to > ?)";
  const values = [tenantId, kind, ...(asOf === undefined ? [] : [asOf, asOf])];
  if (!where) return { text: `tenant_id = ? and kind = ? and ${time}`, values };
  return {
    text: `tenant_id = ? and kind = ? and ${time} and (${where.text})`,
    values: [...values, ...where.values],
  };
}

/** All of them must hold. */
export function allOf(conditions: (Condition | undefined)[]): Condition | undefined {
  const present = conditions.filter((condition) => condition !== undefined);
  if (present.length === 0) return undefined;
  return {
    text: present.map(({ text }) => `(${text})`).join(" and "),
    values: present.flatMap(({ values }) => values),
  };
}

export function oneOf(column: string, values: string[]): Condition {
  return { text: `${column} in (select value from json_each(?))`, values: [JSON.stringify(values)] };
}
