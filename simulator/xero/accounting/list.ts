/** What all list calls share: where, order, If-Modified-Since, pages (xero-platform.md 3.5). */
import { type Call, isTrue, param } from "../call.ts";
import { badQuery, Refusal } from "../errors.ts";
import type { Fields } from "../query/fields.ts";
import { parseSince } from "../query/literals.ts";
import { parseOrder } from "../query/order.ts";
import { parseWhere } from "../query/where.ts";
import type { Book } from "../store/books.ts";
import { allOf, type Condition, type Stored } from "../store/rows.ts";

type Pagination = { page: number; pageSize: number; pageCount: number; itemCount: number };
export type Listed<T> = { rows: Stored<T>[]; pagination?: Pagination };

/** xero-platform.md 2.2, "Others". */
const mostUnpaged = 100_000;

type Options = {
  fields: Fields;
  /** From the endpoint's own parameters. */
  also?: (Condition | undefined)[];
  /** Some parameters turn paging on by themselves. */
  forcePaging?: boolean;
  /** Endpoints that know no pages ignore the parameter. */
  pages?: boolean;
  /** Whether If-Modified-Since is honoured (xero-documents 12.1). */
  since?: boolean;
};

export function list<T>(call: Call, book: Book<T>, options: Options): Listed<T> {
  const { fields, also = [], forcePaging, pages = true, since = true } = options;
  const where = param(call, "where");
  const condition = allOf([
    ...also,
    since ? modifiedSince(call) : undefined,
    where ? parseWhere(where, fields) : undefined,
  ]);
  const asked = param(call, "order");
  const order = asked ? parseOrder(asked, fields) : "updated_at, id";
  const paging = pages && (forcePaging || param(call, "page") || param(call, "pageSize"));
  if (!paging) {
    if (book.count(call, condition) > mostUnpaged) throw tooMany(fields.element);
    return { rows: book.list(call, { where: condition, order }) };
  }

  const page = wholeNumber(call, "page", 1);
  // DOC requests-and-responses: "outside the supported range, we automatically adjust it to the nearest supported page size".
  const pageSize = Math.min(wholeNumber(call, "pageSize", 100), 1000);
  const itemCount = book.count(call, condition);
  const rows = book.list(call, { where: condition, order, limit: pageSize, offset: (page - 1) * pageSize });
  return { rows, pagination: { page, pageSize, pageCount: Math.ceil(itemCount / pageSize), itemCount } };
}

/** Archived ones only on request. */
export function unlessArchived(call: Call): Condition | undefined {
  return isTrue(call, "includeArchived") ? undefined : { text: "status is not 'ARCHIVED'", values: [] };
}

/** For the envelope: absent when there are no pages. */
export const paginated = ({ pagination }: Listed<unknown>) => (pagination ? { pagination } : {});

function modifiedSince({ req }: Call): Condition | undefined {
  const header = req.headers["if-modified-since"];
  const since = header ? parseSince(header) : undefined;
  return since === undefined ? undefined : { text: "updated_at > ?", values: [since] };
}

function tooMany(element: string): Refusal {
  const body = `Your request is not filtering ${element}s efficiently, given the extremely high volume of ${element.toLowerCase()}s in this organisation. Please add paging or filters.`;
  return new Refusal({ status: 400, headers: { "content-type": "text/plain; charset=utf-8" }, body });
}

function wholeNumber(call: Call, name: string, otherwise: number): number {
  const value = param(call, name);
  if (value === undefined) return otherwise;
  if (!/^\d+$/.test(value)) throw badQuery(`The value '${value}' is not valid for ${name}`);
  return Math.max(1, Number(value));
}
