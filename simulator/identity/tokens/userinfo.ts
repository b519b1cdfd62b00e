import { json } from "../../core/reply.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { fullName, getUser } from "../users.ts";
import { verifyAccessToken } from "./access-tokens.ts";

function userinfo(req: Req, world: World): Res {
  const verdict = verifyAccessToken(world, req.headers.authorization);
  const user = verdict.ok && verdict.access.userId ? getUser(world, verdict.access.userId) : undefined;
  if (!verdict.ok || !user)
    return { status: 401, headers: { "www-authenticate": 'Bearer error="invalid_token"' } };
  const { scopes } = verdict.access;
  return json({
    sub: user.subject,
    xero_userid: user.userId,
    ...(scopes.includes("profile")
      ? {
          name: fullName(user),
          given_name: user.givenName,
          family_name: user.familyName,
          preferred_username: user.email,
        }
      : {}),
    ...(scopes.includes("email") ? { email: user.email } : {}),
  });
}

export const userinfoRoutes: Route[] = [{ method: "GET", pattern: "/connect/userinfo", handler: userinfo }];
