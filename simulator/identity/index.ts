import type { Route } from "../core/types.ts";
import { authorizeRoutes } from "./authorize.ts";
import { connectionRoutes } from "./connections-api.ts";
import { controlRoutes } from "./control.ts";
import { developerRoutes } from "./developer-portal.ts";
import { discoveryRoutes } from "./discovery.ts";
import { revocationRoutes } from "./revocation.ts";
import { signInRoutes } from "./sign-in.ts";
import { tokenRoutes } from "./token-endpoint.ts";
import { userinfoRoutes } from "./userinfo.ts";

export { type Access, verifyAccessToken } from "./access-tokens.ts";
export { appName, getApp, listApps } from "./apps.ts";
export { connectedApps, connectionAllowed, customTenant } from "./connections.ts";
export { seedIdentity } from "./seed.ts";
export { initIdentity } from "./tables.ts";
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
