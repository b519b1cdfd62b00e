import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import type { Call } from "../api.ts";
import type { Stored } from "../objects.ts";
import { invalid } from "./errors.ts";
import type { Params } from "./params.ts";

/** `created`, `created[gte]` and the like: whether a time is in the range asked for. */
export function rangeFilter(params: Params, name: string): (at: number) => boolean {
  if (!params.has(name)) return () => true;
  const range = typeof params.echo(name) === "string" ? null : params.group(name);
  if (!range) {
    const exact = params.integer(name);
    return (at) => at === exact;
  }
  const [gt, gte, lt, lte] = ["gt", "gte", "lt", "lte"].map((bound) => range.integer(bound));
  return (at) =>
    (gt == null || at > gt) &&
    (gte == null || at >= gte) &&
    (lt == null || at < lt) &&
    (lte == null || at <= lte);
}

/** What all rows have in common, where the database has an index for it. */
type Of = { field: "payment_intent" | "source"; id: string | null };

/** One page, newest first: limit 1 to 100, starting_after or ending_before. Reads no further than the page goes. */
export function listPage<T extends Stored>(
  call: Call,
  kind: T["object"],
  filter: (object: T) => boolean = () => true,
  of: Of = { field: "source", id: null },
): object {
  const { params, path } = call;
  const limit = params.integer("limit") ?? 10;
  if (limit < 1 || limit > 100) {
    throw invalid(`Invalid limit: must be between 1 and 100`, "parameter_invalid_integer", "limit");
  }
  const after = params.text("starting_after");
  const before = params.text("ending_before");
  const inRange = rangeFilter(params, "created");
  params.done();
  const found: T[] = [];
  for (const { created, data } of rowsOf(call, kind, { after, before, of })) {
    if (!inRange(created)) continue;
    const object = JSON.parse(data) as T;
    if (filter(object)) found.push(object);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  return {
    object: "list",
    url: path,
    has_more: found.length > limit,
    data: before === null ? data : data.reverse(),
  };
}

type Where = { after: string | null; before: string | null; of: Of };

/** Newest first; towards the newest, when a page is asked for that ends before something. */
function rowsOf({ world, account }: Call, kind: string, { after, before, of }: Where) {
  const cursor = before ?? after;
  const name = before === null ? "starting_after" : "ending_before";
  const seq = cursor === null ? Number.MAX_SAFE_INTEGER : seqOf(world, account.id, cursor, name);
  const select = `select created, data from stripe_objects
    where account = ? and object = ? and seq ${before === null ? "<" : ">"} ?
    ${of.id === null ? "" : `and json_extract(data, '$.${of.field}') = ?`}
    order by seq ${before === null ? "desc" : "asc"}`;
  const values = [account.id, kind, seq, ...(of.id === null ? [] : [of.id])];
  return statement(world.db, select).iterate(...values) as Iterable<{ created: number; data: string }>;
}

function seqOf(world: World, account: string, id: string, param: string): number {
  const select = "select seq from stripe_objects where id = ? and account = ?";
  const row = statement(world.db, select).get(id, account);
  if (!row) throw invalid(`No such object: '${id}'`, "resource_missing", param);
  return Number(row.seq);
}

export function cut<T extends { id: string }>(
  all: T[],
  limit: number,
  after: string | null,
  before: string | null,
) {
  if (before !== null) {
    const end = positionOf(all, before, "ending_before");
    const start = Math.max(0, end - limit);
    return { data: all.slice(start, end), has_more: start > 0 };
  }
  const start = after === null ? 0 : positionOf(all, after, "starting_after") + 1;
  return { data: all.slice(start, start + limit), has_more: start + limit < all.length };
}

function positionOf(all: { id: string }[], id: string, param: string): number {
  const at = all.findIndex((object) => object.id === id);
  if (at < 0) throw invalid(`No such object: '${id}'`, "resource_missing", param);
  return at;
}
