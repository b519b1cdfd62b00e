import type Stripe from "stripe";
import type { z } from "zod";
import { NotAllowed, NotThere, taking } from "../../control/input.ts";
import { transaction } from "../../core/sql.ts";
import type { Route, World } from "../../core/types.ts";
import { runClockwork } from "../clockwork.ts";
import { getObject, ownerOf, type Stored } from "../objects.ts";
import { StripeRefusal } from "../wire/errors.ts";

/** What a person at Stripe, a bank or the clock would do: in one transaction, and 409 where Stripe would refuse. */
export function lever<T extends z.ZodType>(
  path: string,
  shape: T,
  work: (world: World, input: z.infer<T>) => unknown,
): Route {
  return {
    method: "POST",
    pattern: `/control/stripe/${path}`,
    handler: taking(shape, (input: z.infer<T>, world: World) => {
      runClockwork(world);
      try {
        return transaction(world.db, () => work(world, input));
      } catch (error) {
        if (error instanceof StripeRefusal) throw new NotAllowed(error.message);
        throw error;
      }
    }),
  };
}

/** An object of this kind and whose it is, or a 404. */
export function find<T extends Stored>(world: World, kind: T["object"], id: string) {
  const account = ownerOf(world, id) ?? "";
  const object = getObject<T>(world, account, kind, id);
  if (!object) throw new NotThere(`No such ${kind}`);
  return { account, object };
}

/** A payment by the id of its session, intent or charge. */
export function findPayment(world: World, id: string): { account: string; intent: Stripe.PaymentIntent } {
  const account = ownerOf(world, id) ?? "";
  const holder =
    getObject<Stripe.Checkout.Session>(world, account, "checkout.session", id) ??
    getObject<Stripe.Charge>(world, account, "charge", id);
  return findIntent(world, holder ? String(holder.payment_intent) : id);
}

function findIntent(world: World, id: string) {
  const { account, object } = find<Stripe.PaymentIntent>(world, "payment_intent", id);
  return { account, intent: object };
}
