import { json } from "../../core/reply.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { authenticateClient } from "./client-authentication.ts";
import { familyOfToken } from "./refresh-tokens.ts";
import { revokeUserTokens } from "./revoke.ts";

/** 200 and empty also for a token nobody knows (RFC 7009). */
function revocation(req: Req, world: World): Res {
  const app = authenticateClient(req, world);
  if (!app) return json({ error: "invalid_client" }, 400);
  const family = familyOfToken(world, req.form().get("token") ?? "");
  if (family?.clientId === app.clientId) revokeUserTokens(world, family);
  return { status: 200 };
}

export const revocationRoutes: Route[] = [
  { method: "POST", pattern: "/connect/revocation", handler: revocation },
];
