import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { noteIssued } from "../issued.ts";
import { hashOf, randomToken } from "./secrets.ts";

const LIFE_MS = 5 * 60_000;

/** What one press of "Allow access" stands for, until the app redeems it. */
export type CodeGrant = {
  clientId: string;
  userId: string;
  redirectUri: string;
  scopes: string[];
  nonce: string | null;
  challenge: string | null;
  authEventId: string;
  authTime: number;
  sessionId: string;
};

export function issueCode(world: World, grant: CodeGrant): string {
  const code = randomToken();
  noteIssued(world, code);
  statement(world.db, "insert into identity_codes values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)").run(
    hashOf(code),
    grant.clientId,
    grant.userId,
    grant.redirectUri,
    grant.scopes.join(" "),
    grant.nonce,
    grant.challenge,
    grant.authEventId,
    grant.authTime,
    grant.sessionId,
    world.clock.now() + LIFE_MS,
  );
  return code;
}

/** A code works once, whoever brings it: also a wrong redirect or verifier uses it up. */
export function redeemCode(world: World, code: string): CodeGrant | undefined {
  const now = world.clock.now();
  const row = statement(
    world.db,
    `update identity_codes set used_at = ?1 where code_hash = ?2 and used_at is null and expires_at > ?1
     returning client_id as clientId, user_id as userId, redirect_uri as redirectUri, scopes, nonce, challenge,
       auth_event_id as authEventId, auth_time as authTime, session_id as sessionId`,
  ).get(now, hashOf(code));
  if (!row) return undefined;
  const grant = row as Omit<CodeGrant, "scopes"> & { scopes: string };
  return { ...grant, scopes: grant.scopes.split(" ") };
}
