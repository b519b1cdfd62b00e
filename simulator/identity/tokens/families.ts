import { randomUUID } from "node:crypto";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import type { CodeGrant } from "./codes.ts";

/** One user and one app share one token family, over every organisation the user connected. */
export type Family = {
  familyId: string;
  clientId: string;
  userId: string;
  scopes: string[];
  authEventId: string;
  authTime: number;
  sessionId: string;
  /** How often its refresh token has changed. */
  generation: number;
  revokedAt: number | null;
};

type Row = Omit<Family, "scopes"> & { scopes: string };

const SELECT = `select family_id as familyId, client_id as clientId, user_id as userId, scopes,
  auth_event_id as authEventId, auth_time as authTime, session_id as sessionId, generation,
  revoked_at as revokedAt from identity_families`;

const fromRow = (row: unknown): Family => ({ ...(row as Row), scopes: (row as Row).scopes.split(" ") });

export function listFamilies(world: World): Family[] {
  return statement(world.db, `${SELECT} order by rowid`).all().map(fromRow);
}

export function getFamily(world: World, familyId: string): Family | undefined {
  const row = statement(world.db, `${SELECT} where family_id = ?`).get(familyId);
  return row && fromRow(row);
}

function livingFamily(world: World, clientId: string, userId: string): Family | undefined {
  const row = statement(world.db, `${SELECT} where client_id = ? and user_id = ? and revoked_at is null`).get(
    clientId,
    userId,
  );
  return row && fromRow(row);
}

/** A later consent adds its scopes to the family; it does not start another one. */
export function joinFamily(world: World, grant: CodeGrant): Family {
  const living = livingFamily(world, grant.clientId, grant.userId);
  const family: Family = {
    familyId: living?.familyId ?? randomUUID(),
    clientId: grant.clientId,
    userId: grant.userId,
    scopes: [...new Set([...(living?.scopes ?? []), ...grant.scopes])],
    authEventId: grant.authEventId,
    authTime: grant.authTime,
    sessionId: grant.sessionId,
    generation: living?.generation ?? 0,
    revokedAt: null,
  };
  statement(world.db, "insert or replace into identity_families values (?, ?, ?, ?, ?, ?, ?, ?, null)").run(
    family.familyId,
    family.clientId,
    family.userId,
    family.scopes.join(" "),
    family.authEventId,
    family.authTime,
    family.sessionId,
    family.generation,
  );
  return family;
}

export function endFamily(world: World, clientId: string, userId: string): boolean {
  const { changes } = statement(
    world.db,
    `update identity_families set revoked_at = ? where client_id = ? and user_id = ? and revoked_at is null`,
  ).run(world.clock.now(), clientId, userId);
  return changes > 0;
}
