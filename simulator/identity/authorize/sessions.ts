import { statement } from "../../core/sql.ts";
import type { Req, World } from "../../core/types.ts";
import { randomHex } from "../tokens/secrets.ts";
import { getUser, type User } from "../users.ts";

/** Somebody signed in to the simulated Xero in this browser. */
export type Session = { sessionId: string; globalSessionId: string; authTime: number; user: User };

const COOKIE = "xero_sim_session";

export function currentSession(req: Req, world: World): Session | undefined {
  const sessionId = req.cookies[COOKIE];
  if (!sessionId) return undefined;
  const row = statement(
    world.db,
    "select user_id, global_session_id, auth_time from identity_sessions where session_id = ?",
  ).get(sessionId);
  const user = row && getUser(world, String(row.user_id));
  if (!row || !user) return undefined;
  return {
    sessionId,
    globalSessionId: String(row.global_session_id),
    authTime: Number(row.auth_time),
    user,
  };
}

/** Returns the cookie to set. */
export function startSession(world: World, userId: string): string {
  const sessionId = randomHex();
  statement(world.db, "insert into identity_sessions values (?, ?, ?, ?)").run(
    sessionId,
    userId,
    randomHex(),
    world.clock.now(),
  );
  return `${COOKIE}=${sessionId}; Path=/identity; HttpOnly; SameSite=Lax`;
}

/** Returns the cookie that clears it. */
export function endSession(req: Req, world: World): string {
  const sessionId = req.cookies[COOKIE] ?? "";
  statement(world.db, "delete from identity_sessions where session_id = ?").run(sessionId);
  return `${COOKIE}=; Path=/identity; Max-Age=0; HttpOnly; SameSite=Lax`;
}
