import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import type { Organisation } from "./model.ts";
import { organisations } from "./store/books.ts";
import type { Scope, Stored } from "./store/rows.ts";

export type ListedOrganisation = {
  tenantId: string;
  tenantType: "ORGANISATION";
  name: string;
  shortCode: string;
  countryCode: string;
  baseCurrency: string;
  state: "active" | "offline";
};

/** Organisations a Xero user may connect: those that still exist. Practices are identity's own. */
export function listOrganisations(world: World): ListedOrganisation[] {
  return allOrganisations(world).flatMap(({ id, name, shortCode, country, baseCurrency, state }) =>
    state === "gone"
      ? []
      : [
          {
            tenantId: id,
            tenantType: "ORGANISATION",
            name,
            shortCode,
            countryCode: country,
            baseCurrency,
            state,
          },
        ],
  );
}

/** Also those that are gone, in the order they were made. */
export function allOrganisations(world: World): Stored<Organisation>[] {
  const rows = statement(
    world.db,
    `select tenant_id from xero_rows where kind = 'organisation' and valid_to is null
     order by json_extract(data, '$.createdAt'), label`,
  ).all();
  return rows.flatMap((row) => organisationOf({ world, tenantId: String(row.tenant_id) }) ?? []);
}

export function organisationOf(scope: Scope): Stored<Organisation> | undefined {
  return organisations.get(scope, scope.tenantId);
}

/** As `organisationOf`, where the gateway has already seen to it that there is one. */
export function requireOrganisation(scope: Scope): Stored<Organisation> {
  const organisation = organisationOf(scope);
  if (!organisation) throw new Error(`No organisation ${scope.tenantId}`);
  return organisation;
}
