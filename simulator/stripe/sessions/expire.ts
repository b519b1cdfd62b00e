import type Stripe from "stripe";
import { transaction } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import type { EventRequest } from "../events/record-event.ts";
import { recordEvent } from "../events/record-event.ts";
import { getObject, ownerOf, saveObject } from "../objects.ts";
import { cancelIntent, getIntent } from "../payments/intent.ts";
import { closeSession, sessionsDue } from "./details.ts";

/** Only an open session expires; its payment intent, if a card was tried, is cancelled with it. */
export function expireSession(
  world: World,
  account: string,
  session: Stripe.Checkout.Session,
  request?: EventRequest,
): Stripe.Checkout.Session {
  return transaction(world.db, () => {
    const expired = saveObject(world, { ...session, status: "expired", url: null });
    closeSession(world, session.id);
    if (session.payment_intent) {
      const intent = getIntent(world, account, String(session.payment_intent));
      cancelIntent(world, account, intent, "automatic", request);
    }
    recordEvent(world, account, "checkout.session.expired", expired, request);
    world.journal.write("stripe.session.expired", { session: session.id, account });
    return expired;
  });
}

/** Run before every look at a session, and by a timer: a session ends by the simulator's clock. */
export function expireDueSessions(world: World): void {
  for (const id of sessionsDue(world)) {
    const account = ownerOf(world, id) ?? "";
    const session = getObject<Stripe.Checkout.Session>(world, account, "checkout.session", id);
    if (session) expireSession(world, account, session);
  }
}
