import type { z } from "zod";
import { transaction } from "../core/sql.ts";
import type { Route, World } from "../core/types.ts";
import { organisationOf } from "../xero/organisations.ts";
import type { Scope } from "../xero/store/rows.ts";
import { NotThere, taking } from "./input.ts";

/** Runs inside one transaction, for an organisation that exists. */
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
      return transaction(world.db, () => work(scope, input));
    }),
  };
}

/** Or a 404 that names it. */
export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new NotThere(`No such ${what}`);
  return thing;
}
