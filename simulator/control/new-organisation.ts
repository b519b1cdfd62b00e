/** One more organisation, seen by the Xero users of its country. */
import { z } from "zod";
import { transaction } from "../core/sql.ts";
import type { Route } from "../core/types.ts";
import { addOrganisation } from "../xero/seeds/large.ts";
import { number, taking } from "./input.ts";

const shape = z.object({
  name: z.string().min(1),
  shortCode: z.string().regex(/^!\w{5}$/, "! and five letters or digits"),
  country: z.enum(["AU", "GB", "US"]),
  invoices: number.int().min(0).max(100_000).default(25),
});

export const newOrganisationRoutes: Route[] = [
  {
    method: "POST",
    pattern: "/control/xero/organisations",
    handler: taking(shape, (input, world) => ({
      tenantId: transaction(world.db, () => addOrganisation(world, { key: input.shortCode, ...input })),
    })),
  },
];
