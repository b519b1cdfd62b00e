import "server-only";
import Stripe from "stripe";
import { env } from "#lib/core/env.ts";
import { ProcessorFault } from "../types.ts";

/** Stripe's client with our limits: 15 s an answer, two tries of its own (each under one idempotency key). */
export function stripeClient(secretKey: string): Stripe {
  const simulator = env().SIMULATOR_URL ? new URL(env().SIMULATOR_URL ?? "") : null;
  return new Stripe(secretKey, {
    timeout: 15_000,
    maxNetworkRetries: 2,
    telemetry: false,
    ...(simulator ? { host: simulator.hostname, port: Number(simulator.port), protocol: "http" } : {}),
  });
}

/** Runs one call; whatever Stripe's client throws becomes a ProcessorFault that holds no key and no request. */
export async function ask<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeAuthenticationError)
      throw new ProcessorFault("bad_key", error.message, error.code ?? null);
    if (error instanceof Stripe.errors.StripePermissionError)
      throw new ProcessorFault("forbidden", error.message, error.code ?? null);
    if (
      error instanceof Stripe.errors.StripeCardError ||
      error instanceof Stripe.errors.StripeInvalidRequestError ||
      error instanceof Stripe.errors.StripeIdempotencyError
    ) {
      throw new ProcessorFault("refused", error.message, error.code ?? null);
    }
    if (error instanceof Stripe.errors.StripeError) throw new ProcessorFault("no_answer", error.message);
    throw error;
  }
}
