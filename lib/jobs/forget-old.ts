import { forgetReplays } from "#lib/api-keys/forget-replays.ts";
import { forgetRequests } from "#lib/api-keys/forget-requests.ts";
import { forgetAddresses } from "#lib/audit/erase.ts";
import { forgetCheckouts } from "#lib/checkout/forget-checkouts.ts";
import type { Db } from "#lib/core/db.ts";
import { forgetLimits } from "#lib/core/forget.ts";
import { log } from "#lib/core/log.ts";
import { forgetLetters } from "#lib/mail/forget-letters.ts";
import { forgetDeliveries } from "#lib/mirror/webhooks/forget-deliveries.ts";
import { forgetFiles } from "#lib/orders/promise/forget-files.ts";
import { forgetUploads } from "#lib/orders/upload/uploads.ts";
import { forgetPayers } from "#lib/payments/forget-payers.ts";
import { forgetSessions } from "#lib/people/forget-sessions.ts";
import { forgetEvents } from "#lib/processor/webhooks/forget-events.ts";
import { forgetFlows } from "#lib/xero/consent/forget-flows.ts";

const STEPS: [what: string, forget: (db: Db) => Promise<number>][] = [
  ["xero-webhooks", forgetDeliveries],
  ["stripe-events", forgetEvents],
  ["order-uploads", forgetUploads],
  ["api-requests", forgetRequests],
  ["api-replays", forgetReplays],
  ["checkouts", forgetCheckouts],
  ["payers", forgetPayers],
  ["addresses", forgetAddresses],
  ["sessions", forgetSessions],
  ["consents", forgetFlows],
  ["files-of-orders", forgetFiles],
  ["emails", forgetLetters],
  ["limits", forgetLimits],
];

/** Forgets all that is older than lib/core/retention.ts says. What fails keeps nothing else from being forgotten. */
export async function forgetOld(db: Db): Promise<void> {
  const faults: unknown[] = [];
  for (const [what, forget] of STEPS) {
    try {
      log.info({ what, rows: await forget(db) }, "retention.forgotten");
    } catch (error) {
      log.error({ err: error, what }, "retention.failed");
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, "Not all that is old was forgotten");
}
