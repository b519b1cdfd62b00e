import type { Route } from "../core/types.ts";
import { developerRoutes } from "./apps/developer-portal.ts";
import { authorizeRoutes } from "./authorize/authorize.ts";
import { signInRoutes } from "./authorize/sign-in.ts";
import { connectionRoutes } from "./connections-api.ts";
import { controlRoutes } from "./control.ts";
import { discoveryRoutes } from "./tokens/discovery.ts";
import { revocationRoutes } from "./tokens/revocation.ts";
import { tokenRoutes } from "./tokens/token-endpoint.ts";
import { userinfoRoutes } from "./tokens/userinfo.ts";

export { appName, getApp, listApps } from "./apps/apps.ts";
export { connectedApps, connectionAllowed, customTenant } from "./connections.ts";
export { seedIdentity } from "./seed.ts";
export { initIdentity } from "./tables.ts";
export { type Access, verifyAccessToken } from "./tokens/access-tokens.ts";
export { fullName, listUsers } from "./users.ts";

export const identityRoutes: Route[] = [
  ...discoveryRoutes,
  ...authorizeRoutes,
  ...signInRoutes,
  ...tokenRoutes,
  ...revocationRoutes,
  ...userinfoRoutes,
  ...connectionRoutes,
  ...developerRoutes,
  ...controlRoutes,
];
