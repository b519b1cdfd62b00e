/** A demo company is wiped within 28 days: same name, new ids, old connections dead (xero-platform.md 3.4). */
import { randomUUID } from "node:crypto";
import { statement } from "../core/sql.ts";
import { onlineToken } from "./accounting/invoices/save.ts";
import { requireOrganisation } from "./organisations.ts";
import { organisations } from "./store/books.ts";
import type { Scope } from "./store/rows.ts";

/** Moves all of the books to a new organisation with new ids, and says which one. */
export function demoReset(scope: Scope): { tenantId: string; shortCode: string } {
  const { world, tenantId } = scope;
  const before = requireOrganisation(scope);
  const ids = new Map([[tenantId, randomUUID()]]);
  const rows = statement(
    world.db,
    `select * from xero_rows where tenant_id = ? and valid_to is null and kind != 'organisation'`,
  ).all(tenantId);
  for (const row of rows) ids.set(String(row.id), randomUUID());

  const renamed = (text: string) =>
    text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => ids.get(id) ?? id);
  organisations.put(scope, { ...before, state: "gone" });
  const fresh = JSON.parse(renamed(JSON.stringify(before)));
  const shortCode = `!${randomUUID().slice(0, 5)}`;
  organisations.put(
    { world, tenantId: fresh.id },
    { ...fresh, shortCode, isDemo: true, createdAt: world.clock.now() },
  );
  for (const row of rows) {
    const data = row.kind === "invoice" ? withNewToken(String(row.data)) : row.data;
    const entries = Object.entries({ ...row, data }).filter(([name]) => name !== "seq");
    const values = entries.map(([, value]) =>
      typeof value === "string" ? renamed(value) : (value as number | null),
    );
    const columns = entries.map(([name]) => name).join(", ");
    statement(
      world.db,
      `insert into xero_rows (${columns}) values (${entries.map(() => "?").join(", ")})`,
    ).run(...values);
  }
  world.journal.write("xero.organisation.demo-reset", { tenantId, newTenantId: fresh.id });
  return { tenantId: fresh.id, shortCode };
}

/** The old organisation's online invoices are gone with it. */
function withNewToken(data: string): string {
  return JSON.stringify({ ...JSON.parse(data), onlineToken: onlineToken() });
}
