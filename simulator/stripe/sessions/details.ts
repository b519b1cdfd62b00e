import type Stripe from "stripe";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { stripeNow } from "../clock.ts";

/** What a session remembers beside its public shape: its lines, and what its payment intent will carry. */
export type SessionDetails = { lineItems: Stripe.LineItem[]; intentData: IntentData };

export type IntentData = {
  captureMethod: "automatic" | "automatic_async" | "manual";
  /** For cards alone. */
  cardCapture: "manual" | null;
  description: string | null;
  metadata: Record<string, string>;
  receiptEmail: string | null;
  statementDescriptor: string | null;
  statementDescriptorSuffix: string | null;
};

export function insertDetails(world: World, id: string, details: SessionDetails, openUntil: number): void {
  statement(world.db, "insert into stripe_sessions values (?, ?, ?, ?)").run(
    id,
    JSON.stringify(details.lineItems),
    JSON.stringify(details.intentData),
    openUntil,
  );
}

export function getDetails(world: World, id: string): SessionDetails {
  const row = statement(world.db, "select line_items, intent_data from stripe_sessions where id = ?").get(id);
  if (!row) throw new Error(`No details of session ${id}`);
  return { lineItems: JSON.parse(String(row.line_items)), intentData: JSON.parse(String(row.intent_data)) };
}

export function closeSession(world: World, id: string): void {
  statement(world.db, "update stripe_sessions set open_until = null where id = ?").run(id);
}

export function sessionsDue(world: World): string[] {
  return statement(world.db, "select id from stripe_sessions where open_until <= ?")
    .all(stripeNow(world))
    .map((row) => String(row.id));
}
