import { randomUUID } from "node:crypto";
import { redirect } from "../../core/reply.ts";
import { transaction } from "../../core/sql.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { connect, listConnections } from "../connections.ts";
import { listTenants } from "../tenants.ts";
import { issueCode } from "../tokens/codes.ts";
import { randomToken } from "../tokens/secrets.ts";
import { type AuthorizeRequest, readAuthorizeRequest } from "./authorize-request.ts";
import { consentPage } from "./consent-page.ts";
import { errorPage } from "./error-page.ts";
import { limitPage } from "./limit-page.ts";
import { currentSession, type Session } from "./sessions.ts";
import { signInPage } from "./sign-in.ts";

function withRequest(
  params: URLSearchParams,
  req: Req,
  world: World,
  go: (request: AuthorizeRequest, session: Session) => Res,
): Res {
  const request = readAuthorizeRequest(world, params);
  if ("error" in request) {
    world.journal.write("identity.authorize-refused", { clientId: params.get("client_id"), ...request });
    return errorPage(request);
  }
  const session = currentSession(req, world);
  return session ? go(request, session) : signInPage(world, request);
}

function showConsent(world: World, request: AuthorizeRequest, { user }: Session, problem?: string): Res {
  const connected = listConnections(world, request.app.clientId, user.userId).map(({ tenantId }) => tenantId);
  const tenants = listTenants(world).filter(({ ownerUserIds }) => ownerUserIds.includes(user.userId));
  return consentPage({ request, user, tenants, connected, problem });
}

function backToApp({ redirectUri, state }: AuthorizeRequest, answer: Record<string, string>): Res {
  const query = Object.entries({ ...answer, ...(state === null ? {} : { state }) })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return redirect(`${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${query}`, 302);
}

function cancel(world: World, request: AuthorizeRequest, { user }: Session): Res {
  world.journal.write("identity.cancelled", { clientId: request.app.clientId, userId: user.userId });
  return backToApp(request, { error: "access_denied" });
}

function allow(world: World, request: AuthorizeRequest, session: Session, chosen: string[]): Res {
  const { clientId } = request.app;
  const { userId } = session.user;
  const own = listTenants(world).filter(({ ownerUserIds }) => ownerUserIds.includes(userId));
  const tenantIds = own.map(({ tenantId }) => tenantId).filter((tenantId) => chosen.includes(tenantId));
  if (tenantIds.length === 0) return showConsent(world, request, session, "Choose an organisation.");
  if (tenantIds.length > 1 && !request.severalOrganisations) {
    return showConsent(world, request, session, "Choose one organisation only.");
  }
  if (exceedsLimit(world, request, tenantIds)) {
    world.journal.write("identity.connection-limit", { clientId, userId, tenantIds });
    return limitPage(request.app);
  }
  const authEventId = randomUUID();
  const code = transaction(world.db, () => {
    for (const tenantId of tenantIds) connect(world, { clientId, userId, tenantId, authEventId });
    world.journal.write("identity.consent", {
      clientId,
      userId,
      tenantIds,
      authEventId,
      scope: request.scopes.join(" "),
    });
    return issueCode(world, {
      clientId,
      userId,
      redirectUri: request.redirectUri,
      scopes: request.scopes,
      nonce: request.nonce,
      challenge: request.challenge,
      authEventId,
      authTime: session.authTime,
      sessionId: session.globalSessionId,
    });
  });
  const session_state = `${randomToken()}.${randomToken(16)}`;
  return backToApp(request, { code, scope: request.scopes.join(" "), session_state });
}

/** Organisations count once an app, whoever connected them; those that are connected may be consented to again. */
function exceedsLimit(world: World, { app }: AuthorizeRequest, tenantIds: string[]): boolean {
  const { connectionLimit } = app.flags;
  const connected = listConnections(world, app.clientId, null).map(({ tenantId }) => tenantId);
  const isNew = tenantIds.some((tenantId) => !connected.includes(tenantId));
  const all = new Set([...connected, ...tenantIds]);
  return connectionLimit !== null && isNew && all.size > connectionLimit;
}

function decide(req: Req, world: World): Res {
  const form = req.form();
  return withRequest(new URLSearchParams(form.get("request") ?? ""), req, world, (request, session) => {
    if (form.get("decision") !== "allow") return cancel(world, request, session);
    return allow(world, request, session, form.getAll("tenant"));
  });
}

export const authorizeRoutes: Route[] = [
  {
    method: "GET",
    pattern: "/identity/connect/authorize",
    handler: (req, world) =>
      withRequest(req.url.searchParams, req, world, (request, session) =>
        showConsent(world, request, session),
      ),
  },
  { method: "POST", pattern: "/identity/connect/authorize", handler: decide },
];
