import { json } from "../core/reply.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { type Connection, customTenant, listConnections, removeConnection } from "./connections.ts";
import { gatewayProblem } from "./gateway.ts";
import { listTenants, type Tenant } from "./tenants.ts";
import { type Access, verifyAccessToken } from "./tokens/access-tokens.ts";

/** Xero's seven decimals and no "Z". */
const xeroDate = (ms: number) => `${new Date(ms).toISOString().slice(0, 23)}0000`;

const toJson = (connection: Connection, tenant: Tenant | undefined) => ({
  id: connection.id,
  authEventId: connection.authEventId,
  tenantId: connection.tenantId,
  tenantType: tenant?.tenantType ?? "ORGANISATION",
  tenantName: tenant?.tenantName ?? null,
  createdDateUtc: xeroDate(connection.createdAt),
  updatedDateUtc: xeroDate(connection.updatedAt),
});

/** A user sees their own, a custom connection its one; another app acting for itself needs `app.connections` and sees all. */
function visible(world: World, { clientId, userId, scopes }: Access): Connection[] {
  const forItself = scopes.includes("app.connections") || customTenant(world, clientId) !== undefined;
  if (userId === null && !forItself) return [];
  return listConnections(world, clientId, userId);
}

function list(req: Req, world: World): Res {
  const verdict = verifyAccessToken(world, req.headers.authorization);
  if (!verdict.ok) return gatewayProblem(401, verdict.detail);
  const authEventId = req.url.searchParams.get("authEventId");
  const tenants = new Map(listTenants(world).map((tenant) => [tenant.tenantId, tenant]));
  const shown = visible(world, verdict.access).filter(
    (connection) => !authEventId || connection.authEventId === authEventId,
  );
  return json(shown.map((connection) => toJson(connection, tenants.get(connection.tenantId))));
}

function remove(req: Req, world: World): Res {
  const verdict = verifyAccessToken(world, req.headers.authorization);
  if (!verdict.ok) return gatewayProblem(401, verdict.detail);
  const connection = visible(world, verdict.access).find(({ id }) => id === req.params.id);
  if (!connection) return { status: 404 };
  removeConnection(world, connection.id);
  const { clientId, userId, tenantId } = connection;
  world.journal.write("identity.disconnected", { clientId, userId, tenantId, by: "app" });
  return { status: 204 };
}

export const connectionRoutes: Route[] = [
  { method: "GET", pattern: "/connections", handler: list },
  { method: "DELETE", pattern: "/connections/:id", handler: remove },
];
