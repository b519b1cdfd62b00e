import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import { listOrganisations } from "../xero/organisations.ts";
import { listUsers } from "./users.ts";

export type Tenant = { tenantId: string; tenantName: string; tenantType: string; ownerUserIds: string[] };

/** Everything a Xero user can connect: organisations by country, and practices, which have no accounting API. */
export function listTenants(world: World): Tenant[] {
  const users = listUsers(world);
  const organisations = listOrganisations(world).map(({ tenantId, name, tenantType, countryCode }) => ({
    tenantId,
    tenantName: name,
    tenantType,
    ownerUserIds: users
      .filter(({ sees }) => sees === "*" || sees === countryCode)
      .map(({ userId }) => userId),
  }));
  return [...organisations, ...listPractices(world)];
}

function listPractices(world: World): Tenant[] {
  return statement(world.db, "select tenant_id, name, owner_user_id from identity_practices")
    .all()
    .map((row) => ({
      tenantId: String(row.tenant_id),
      tenantName: String(row.name),
      tenantType: "PRACTICE",
      ownerUserIds: [String(row.owner_user_id)],
    }));
}
