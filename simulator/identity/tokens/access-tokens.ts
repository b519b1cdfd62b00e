import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import type { App } from "../apps/apps.ts";
import { getUser } from "../users.ts";
import type { Family } from "./families.ts";
import { readJwt, signJwt } from "./jwt.ts";
import { randomHex } from "./secrets.ts";

export const ACCESS_TOKEN_SECONDS = 1800;

/** Who calls, and what they may. `userId` is null for a custom connection and for an app acting for itself. */
export type Access = {
  clientId: string;
  userId: string | null;
  scopes: string[];
  authEventId: string | null;
};

/** `detail` is what the gateway's 401 says. */
export type AccessVerdict = { ok: true; access: Access } | { ok: false; detail: string };

export function accessTokenForUser(world: World, family: Family): string {
  return record(world, family.clientId, family.userId, family.scopes, {
    sub: getUser(world, family.userId)?.subject,
    auth_time: Math.floor(family.authTime / 1000),
    idp: "local",
    xero_userid: family.userId,
    global_session_id: family.sessionId,
    sid: family.sessionId,
    authentication_event_id: family.authEventId,
    amr: ["pwd"],
  });
}

export function accessTokenForApp(world: World, app: App, scopes: string[]): string {
  return record(world, app.clientId, null, scopes, {});
}

function record(
  world: World,
  clientId: string,
  userId: string | null,
  scopes: string[],
  more: object,
): string {
  const jti = randomHex().toUpperCase();
  const now = Math.floor(world.clock.now() / 1000);
  const exp = now + ACCESS_TOKEN_SECONDS;
  statement(world.db, "insert into identity_access_tokens values (?, ?, ?, ?)").run(
    jti,
    clientId,
    userId,
    exp * 1000,
  );
  return signJwt(world, {
    nbf: now,
    exp,
    iat: now,
    iss: world.baseUrl,
    aud: `${world.baseUrl}/resources`,
    client_id: clientId,
    ...more,
    jti,
    scope: scopes,
  });
}

export function expireAccessTokens(world: World, clientId: string | null): number {
  const now = world.clock.now();
  const { changes } = statement(
    world.db,
    `update identity_access_tokens set expires_at = ?1
     where expires_at > ?1 and (?2 is null or client_id = ?2)`,
  ).run(now, clientId);
  return Number(changes);
}

/** Takes the Authorization header, or the bare token. */
export function verifyAccessToken(world: World, bearer: string | undefined): AccessVerdict {
  const token = bearer?.replace(/^Bearer\s+/i, "") ?? "";
  const claims = token ? readJwt(world, token) : undefined;
  if (!claims) return { ok: false, detail: "AuthenticationUnsuccessful" };
  const row = statement(world.db, "select expires_at from identity_access_tokens where jti = ?").get(
    String(claims.jti),
  );
  if (!row) return { ok: false, detail: "TokenInvalidSignature" };
  const expiresAt = Number(row.expires_at);
  if (expiresAt <= world.clock.now()) {
    return { ok: false, detail: `TokenExpired: token expired at ${asUsDate(expiresAt)}` };
  }
  return {
    ok: true,
    access: {
      clientId: String(claims.client_id),
      userId: (claims.xero_userid as string | undefined) ?? null,
      scopes: claims.scope as string[],
      authEventId: (claims.authentication_event_id as string | undefined) ?? null,
    },
  };
}

/** "02/20/2025 08:32:50", as in the gateway's problem. */
function asUsDate(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`;
}
