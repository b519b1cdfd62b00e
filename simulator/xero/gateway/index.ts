/**
 * Everything under /api.xro/2.0 passes here first: token, tenant, scope, limits, then the endpoint in one transaction
 * with its idempotency record (xero-platform.md 2, 3.3 and checklist 4, 5, 9).
 */
import { createRouter, type Match } from "../../core/router.ts";
import { transaction } from "../../core/sql.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { type Access, connectionAllowed, customTenant, verifyAccessToken } from "../../identity/index.ts";
import { endpoints } from "../accounting/index.ts";
import type { Call, Endpoint } from "../call.ts";
import { noSuchResource, Refusal } from "../errors.ts";
import type { Organisation } from "../model.ts";
import { organisationOf } from "../organisations.ts";
import { once } from "./idempotency.ts";
import { admit } from "./limits.ts";
import { notJson, offline, problem } from "./problem.ts";
import { mayCall } from "./scopes.ts";

const base = "/api.xro/2.0";
const byRoute = new Map<Route, Endpoint>();
const router = createRouter(
  endpoints.map((endpoint) => {
    const pattern = `${base}${endpoint.pattern}`;
    const route: Route = { method: endpoint.method, pattern, handler: noSuchResource };
    byRoute.set(route, endpoint);
    return route;
  }),
);

export const gatewayRoute: Route = { method: "*", pattern: `${base}/*`, handler: gateway, pauses: true };

async function gateway(req: Req, world: World): Promise<Res> {
  const verdict = verifyAccessToken(world, req.headers.authorization);
  if (!verdict.ok) return problem(401, verdict.detail);
  const { access } = verdict;
  const organisation = tenantOf(req, world, access);
  if (!organisation) return problem(403, "AuthenticationUnsuccessful");

  const found = findEndpoint(req);
  if (found && !mayCall(found.endpoint, access.scopes)) {
    const headers = { "WWW-Authenticate": 'Bearer error="insufficent_scope"' };
    return problem(401, "AuthorizationUnsuccessful", headers);
  }

  const admission = admit(world, access.clientId, organisation.id);
  if (!admission.admitted) return record(req, world, access, organisation, admission.res);
  try {
    await req.pause();
    const res = found ? run(req, world, access, organisation, found) : noSuchResource();
    const headers = { ...res.headers, ...admission.headers };
    return record(req, world, access, organisation, { ...res, headers });
  } finally {
    admission.leave();
  }
}

/** A custom connection may leave out the header: it has one organisation. */
function tenantOf(req: Req, world: World, { clientId, userId }: Access): Organisation | undefined {
  const header = req.headers["xero-tenant-id"];
  const tenantId =
    typeof header === "string" ? header : userId === null ? customTenant(world, clientId) : undefined;
  if (!tenantId || !connectionAllowed(world, { clientId, userId, tenantId })) return undefined;
  const organisation = organisationOf({ world, tenantId });
  return organisation?.state === "gone" ? undefined : organisation;
}

type Found = { endpoint: Endpoint; params: Record<string, string> };

function findEndpoint(req: Req): Found | undefined {
  const match: Match | "wrong-method" | undefined = router(req.method, req.path);
  if (match === undefined || match === "wrong-method") return undefined;
  const endpoint = byRoute.get(match.route);
  return endpoint && { endpoint, params: match.params };
}

function run(
  req: Req,
  world: World,
  access: Access,
  organisation: Organisation,
  { endpoint, params }: Found,
): Res {
  if (organisation.state === "offline") return offline();
  const acceptsJson = /\b(application|text)\/json\b/i.test(req.headers.accept ?? "");
  if (!acceptsJson && !endpoint.anyAccept) return notJson();
  const tenantId = organisation.id;
  const call: Call = {
    world,
    tenantId,
    clientId: access.clientId,
    organisation,
    req,
    params,
    ...(req.asOf !== undefined && { asOf: req.asOf }),
  };
  return transaction(world.db, () =>
    once(world, access.clientId, tenantId, req, () => {
      try {
        return transaction(world.db, () => endpoint.handler(call));
      } catch (error) {
        if (error instanceof Refusal) return error.res;
        throw error;
      }
    }),
  );
}

function record(req: Req, world: World, { clientId }: Access, { id }: Organisation, res: Res): Res {
  world.journal.write("xero.call", {
    clientId,
    tenantId: id,
    method: req.method,
    path: req.path,
    query: req.url.search,
    status: res.status,
  });
  return res;
}
