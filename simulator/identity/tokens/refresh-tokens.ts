import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { type Family, getFamily } from "./families.ts";
import { hashOf, randomToken } from "./secrets.ts";

const UNUSED_LIFE_MS = 60 * 86_400_000;
const GRACE_MS = 30 * 60_000;

type RefreshToken = {
  tokenHash: string;
  familyId: string;
  parentHash: string | null;
  generation: number;
  issuedAt: number;
  rotatedAt: number | null;
};

const SELECT = `select token_hash as tokenHash, family_id as familyId, parent_hash as parentHash, generation,
  issued_at as issuedAt, rotated_at as rotatedAt from identity_refresh_tokens`;

function getToken(world: World, token: string): RefreshToken | undefined {
  const row = statement(world.db, `${SELECT} where token_hash = ?`).get(hashOf(token));
  return row as RefreshToken | undefined;
}

function currentToken(world: World, familyId: string): RefreshToken | undefined {
  const row = statement(world.db, `${SELECT} where family_id = ? order by generation desc limit 1`).get(
    familyId,
  );
  return row as RefreshToken | undefined;
}

/** The family a revocation names; also a token that was rotated away names it. */
export function familyOfToken(world: World, token: string): Family | undefined {
  const found = getToken(world, token);
  return found && getFamily(world, found.familyId);
}

/** Replaces the family's current token by a child of it. */
export function nextRefreshToken(world: World, family: Family): string {
  return childOf(world, family, currentToken(world, family.familyId)?.tokenHash ?? null);
}

/**
 * Xero's rotation: the current token gives a child; its parent is heard for 30 minutes after its first rotation, in
 * case that answer was lost, and gives a fresh child too (the lost one is then dead). Anything older is refused.
 */
export function rotateRefreshToken(
  world: World,
  token: string,
  clientId: string,
): { family: Family; refreshToken: string } | undefined {
  const brought = getToken(world, token);
  const family = brought && getFamily(world, brought.familyId);
  const current = brought && currentToken(world, brought.familyId);
  if (!family || !current || family.revokedAt !== null || family.clientId !== clientId) return undefined;
  if (!isHeard(brought, current, world.clock.now())) return undefined;
  return { family, refreshToken: childOf(world, family, brought.tokenHash) };
}

function isHeard(brought: RefreshToken, current: RefreshToken, now: number): boolean {
  if (brought.tokenHash === current.tokenHash) return now - brought.issuedAt <= UNUSED_LIFE_MS;
  const inGrace = brought.rotatedAt !== null && now - brought.rotatedAt <= GRACE_MS;
  return brought.tokenHash === current.parentHash && inGrace;
}

function childOf(world: World, family: Family, parentHash: string | null): string {
  const token = randomToken();
  const now = world.clock.now();
  const generation = family.generation + 1;
  statement(
    world.db,
    "update identity_refresh_tokens set rotated_at = coalesce(rotated_at, ?) where token_hash = ?",
  ).run(now, parentHash);
  statement(world.db, "insert into identity_refresh_tokens values (?, ?, ?, ?, ?, null)").run(
    hashOf(token),
    family.familyId,
    parentHash,
    generation,
    now,
  );
  statement(world.db, "update identity_families set generation = ? where family_id = ?").run(
    generation,
    family.familyId,
  );
  return token;
}
