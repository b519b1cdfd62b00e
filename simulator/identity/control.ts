import { json } from "../core/reply.ts";
import { statement } from "../core/sql.ts";
import type { Req, Res, Route, World } from "../core/types.ts";
import { type AppEdit, editApp } from "./apps/edit-app.ts";
import { listConnections, removeConnectionsOfTenant } from "./connections.ts";
import { listIssued } from "./issued.ts";
import { expireAccessTokens } from "./tokens/access-tokens.ts";
import { listFamilies } from "./tokens/families.ts";
import { revokeUserTokens } from "./tokens/revoke.ts";

function putApp(req: Req, world: World): Res {
  const clientId = req.params.clientId ?? "";
  const outcome = editApp(world, clientId, req.json() as AppEdit);
  if (outcome.refused !== null) return json({ error: outcome.refused }, 400);
  const { secretHash: _, ...shown } = outcome.app;
  return json(shown);
}

function revoke(req: Req, world: World): Res {
  const { clientId, userId } = req.json() as { clientId: string; userId: string };
  revokeUserTokens(world, { clientId, userId });
  return json({ ok: true });
}

/** Somebody disconnected the app inside Xero: the tokens live on, the organisation answers 403. */
function disconnect(req: Req, world: World): Res {
  const { tenantId, clientId } = req.json() as { tenantId: string; clientId?: string };
  const removed = removeConnectionsOfTenant(world, tenantId, clientId ?? null);
  world.journal.write("identity.disconnected", { tenantId, clientId: clientId ?? null, by: "user" });
  return json({ removed });
}

function expire(req: Req, world: World): Res {
  const { clientId } = (req.raw.length > 0 ? req.json() : {}) as { clientId?: string };
  const expired = expireAccessTokens(world, clientId ?? null);
  world.journal.write("identity.access-tokens-expired", { clientId: clientId ?? null, expired });
  return json({ expired });
}

/** What is true, for tests to compare with: each family, its generation, its connections, every token call. */
function grants(_: Req, world: World): Res {
  const tokenCalls = statement(
    world.db,
    `select client_id as clientId, grant_type as grantType, outcome, count(*) as calls
     from identity_token_calls group by client_id, grant_type, outcome`,
  ).all();
  const families = listFamilies(world).map((family) => ({
    ...family,
    connections: listConnections(world, family.clientId, family.userId).map(({ id, tenantId }) => ({
      id,
      tenantId,
    })),
  }));
  return json({ families, tokenCalls });
}

export const controlRoutes: Route[] = [
  {
    method: "GET",
    pattern: "/control/identity/issued",
    handler: (_, world) => json({ secrets: listIssued(world) }),
  },
  { method: "PUT", pattern: "/control/apps/:clientId", handler: putApp },
  { method: "POST", pattern: "/control/identity/revoke", handler: revoke },
  { method: "POST", pattern: "/control/identity/disconnect", handler: disconnect },
  { method: "POST", pattern: "/control/identity/expire-access-tokens", handler: expire },
  { method: "GET", pattern: "/control/identity/grants", handler: grants },
];
