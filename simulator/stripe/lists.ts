import type { Call } from "./api.ts";
import { invalid } from "./errors.ts";
import { listObjects, type Stored } from "./objects.ts";
import type { Params } from "./params.ts";

type Filter<T> = (object: T) => boolean;

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

/** One page, newest first: limit 1 to 100, starting_after or ending_before. */
export function listPage<T extends Stored>(
  call: Call,
  kind: T["object"],
  filter: Filter<T> = () => true,
): object {
  const { world, account, params, path } = call;
  const limit = params.integer("limit") ?? 10;
  if (limit < 1 || limit > 100) {
    throw invalid(`Invalid limit: must be between 1 and 100`, "parameter_invalid_integer", "limit");
  }
  const after = params.text("starting_after");
  const before = params.text("ending_before");
  const inRange = rangeFilter(params, "created");
  params.done();
  const all = listObjects<T>(world, account.id, kind).filter(
    (object) => filter(object) && inRange(object.created ?? 0),
  );
  const { data, has_more } = cut(all, limit, after, before);
  return { object: "list", url: path, has_more, data };
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
