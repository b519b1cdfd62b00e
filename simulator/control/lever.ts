import { z } from "zod";
import { transaction } from "../core/sql.ts";
import type { Route, World } from "../core/types.ts";
import { Invalid } from "../xero/accounting/write.ts";
import type { Account } from "../xero/model.ts";
import { toUnits } from "../xero/money.ts";
import { organisationOf } from "../xero/organisations.ts";
import { accounts } from "../xero/store/books.ts";
import type { Scope } from "../xero/store/rows.ts";
import { NotAllowed, NotThere, taking } from "./input.ts";

/** A decimal in, whole 10^-places units out. */
export const decimal = (places: number) =>
  z
    .union([z.number(), z.string()])
    .transform((value) => toUnits(value, places))
    .refine(Number.isFinite, "Not a number");

/** Major units in, minor units out. */
export const money = decimal(2);

export const today = ({ world }: Scope) => world.clock.date().toISOString().slice(0, 10);

/** Runs inside one transaction, for an organisation that exists. What an app would be refused is not allowed either. */
export function lever<T extends z.ZodType<{ tenantId: string }>>(
  path: string,
  shape: T,
  work: (scope: Scope, input: z.infer<T>) => unknown,
): Route {
  return {
    method: "POST",
    pattern: `/control/xero/${path}`,
    handler: taking(shape, (input: z.infer<T>, world: World) => {
      const scope = { world, tenantId: input.tenantId };
      found(organisationOf(scope), "organisation");
      try {
        return transaction(world.db, () => work(scope, input));
      } catch (error) {
        throw error instanceof Invalid ? new NotAllowed(error.message) : error;
      }
    }),
  };
}

/** Or a 404 that names it. */
export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new NotThere(`No such ${what}`);
  return thing;
}

/** By id or code. */
export function accountNamed(scope: Scope, idOrCode: string): Account {
  return found(accounts.get(scope, idOrCode) ?? accounts.named(scope, idOrCode)[0], "account");
}

/** It is there, and has been neither deleted nor voided. */
export function standing<T extends { status: string }>(document: T | undefined, what: string): T {
  const there = found(document, what);
  if (there.status === "DELETED" || there.status === "VOIDED")
    throw new NotAllowed(`It has been ${there.status.toLowerCase()} already`);
  return there;
}
