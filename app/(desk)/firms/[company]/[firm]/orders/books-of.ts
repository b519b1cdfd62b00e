import "server-only";
import { db } from "#lib/core/db.ts";
import { type PayConnection, payConnection } from "#lib/xero/organisations/pay-connections.ts";

/** The organisations of these orders, also of what has ended, by connection. */
export async function booksOf(orders: { connectionId: string }[]): Promise<Map<string, PayConnection>> {
  const ids = [...new Set(orders.map(({ connectionId }) => connectionId))];
  const found = await Promise.all(ids.map((id) => payConnection(db(), id)));
  return new Map(found.flatMap((books) => (books ? [[books.connectionId, books] as const] : [])));
}
