import { json } from "../../core/reply.ts";
import { statement, transaction } from "../../core/sql.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import type { App } from "../apps/apps.ts";
import { type GrantOutcome, grants } from "../grants.ts";
import { noteIssued } from "../issued.ts";
import { authenticateClient } from "./client-authentication.ts";

/** Xero's answers: bare {"error": …} with 400, never an error_description. */
function answer(req: Req, world: World): GrantOutcome & { app?: App } {
  if (!req.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return { error: "invalid_request" };
  }
  const app = authenticateClient(req, world);
  if (!app) return { error: "invalid_client" };
  const grant = grants[req.form().get("grant_type") ?? ""];
  if (!grant) return { app, error: "unsupported_grant_type" };
  return { app, ...grant(world, app, req.form()) };
}

function token(req: Req, world: World): Res {
  return transaction(world.db, () => {
    const { app, error, ...tokens } = answer(req, world);
    const clientId = app?.clientId ?? null;
    const grantType = req.form().get("grant_type");
    const outcome = error ?? "ok";
    statement(
      world.db,
      "insert into identity_token_calls (at, client_id, grant_type, outcome) values (?, ?, ?, ?)",
    ).run(world.clock.now(), clientId, grantType, outcome);
    world.journal.write(grantType === "refresh_token" ? "identity.refresh" : "identity.token", {
      clientId,
      grantType,
      outcome,
    });
    noteIssued(world, tokens.id_token, tokens.access_token, tokens.refresh_token);
    const headers = { "cache-control": "no-store, no-cache, max-age=0", pragma: "no-cache" };
    return error ? json({ error }, 400, headers) : json(tokens, 200, headers);
  });
}

export const tokenRoutes: Route[] = [{ method: "POST", pattern: "/connect/token", handler: token }];
