import { Column, is, type SQL, sql, type WithSubquery } from "drizzle-orm";
import type { SelectResultFields } from "drizzle-orm/query-builders/select.types";

/**
 * All rows of a query in `with`, in its order, as one value: a statement that selects several of these brings them in one
 * trip, of one snapshot. A column comes as it does from a query of its own. What an expression (`sql<T>`) gives must be
 * something that JSON has: neither a bigint nor a Date.
 */
export function rowsOf<Fields extends Record<string, unknown>>(
  rows: WithSubquery<string, Fields>,
): SQL<SelectResultFields<Fields>[]> {
  const fields = Object.entries(rows._.selectedFields);
  const values = fields.map(([, field]) => asJson(field));
  return sql`(select coalesce(json_agg(json_build_array(${sql.join(values, sql`, `)})), '[]') from ${rows})`.mapWith(
    (all: unknown[][]) =>
      all.map(
        (row) =>
          Object.fromEntries(
            fields.map(([name, field], at) => [name, decoded(field, row[at])]),
          ) as SelectResultFields<Fields>,
      ),
  );
}

/** As text where JSON's numbers would lose digits. */
function asJson(field: unknown): SQL {
  const isBig = is(field, Column) && field.getSQLType().startsWith("bigint");
  return isBig ? sql`${field}::text` : sql`${field}`;
}

function decoded(field: unknown, value: unknown): unknown {
  return is(field, Column) && value !== null ? field.mapFromDriverValue(value) : value;
}
