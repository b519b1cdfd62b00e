import "server-only";
import { env } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";
import { type AccountFacts, describeAccount } from "./stripe/account.ts";
import { ProcessorFault } from "./types.ts";

/** Whose account a key opens, after a test call with it. Throws AppError naming the field. */
export async function tryKey(secretKey: string): Promise<AccountFacts> {
  if (/^pk_/.test(secretKey)) {
    throw new AppError("invalid", "That is the publishable key. The secret key starts with sk_ or rk_.", {
      field: "secretKey",
    });
  }
  if (!/^[rs]k_(test|live)_[A-Za-z0-9_]{8,}$/.test(secretKey)) {
    throw new AppError(
      "invalid",
      "A Stripe secret key starts with sk_test_, sk_live_, rk_test_ or rk_live_.",
      { field: "secretKey" },
    );
  }
  // Stripe's own keys have letters and digits alone; the simulator's have words, "sk_live_harbour_books".
  if (env().SIMULATOR_URL && /_live_[A-Za-z0-9]+$/.test(secretKey)) {
    throw new AppError(
      "invalid",
      "This desk runs against the simulator: use a test key here, never a live one.",
      { field: "secretKey" },
    );
  }
  return reachable(() => describeAccount(secretKey));
}

/** Asks Stripe while somebody saves a key; what it answers, and that it doesn't, in words. Throws AppError. */
export async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProcessorFault)) throw error;
    if (error.kind === "bad_key" || error.kind === "forbidden") {
      throw new AppError("processor_refused", `Stripe doesn't take this key: ${error.message}`, {
        cause: error,
        field: "secretKey",
      });
    }
    throw new AppError("processor_busy", "Stripe did not answer. Nothing was saved; try again in a minute.", {
      cause: error,
    });
  }
}
