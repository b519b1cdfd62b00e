import { redirect, text } from "../../core/reply.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { type App, getApp, newClientId, replaceSecret } from "./apps.ts";
import { appListPage, appPage } from "./developer-pages.ts";
import { type AppEdit, editApp } from "./edit-app.ts";

const addressOf = (clientId: string) => `/developer/apps/${clientId}`;

function create(req: Req, world: World): Res {
  const clientId = newClientId();
  const form = req.form();
  const asked = form.get("kind");
  const kind = asked === "pkce" || asked === "custom" ? asked : "web";
  const { refused } = editApp(world, clientId, {
    name: form.get("name") || "Unnamed app",
    kind,
    ...(kind === "custom" && {
      custom: { tenantId: form.get("tenantId") ?? "", scopes: form.getAll("scopes") },
    }),
  });
  return refused === null ? redirect(addressOf(clientId)) : appListPage(world, refused);
}

const edits: Record<string, (form: URLSearchParams, app: App) => AppEdit> = {
  "redirect-uris": (form) => ({
    redirectUris: (form.get("redirectUris") ?? "").split(/\s+/).filter(Boolean),
  }),
  webhook: (form) => ({
    webhookUrl: form.get("webhookUrl") || null,
    webhookCategories: form.getAll("webhookCategories"),
  }),
  custom: (form, { custom }) => ({
    custom: custom && { ...custom, scopes: form.getAll("scopes") },
  }),
  flags: (form) => ({
    flags: {
      createdBefore2026March: form.has("createdBefore2026March"),
      paymentServices: form.has("paymentServices"),
    },
  }),
};

function change(app: App, req: Req, world: World): Res {
  const part = req.params.part ?? "";
  if (part === "secret") return appPage(world, app, { secret: replaceSecret(world, app) });
  const edit = edits[part];
  if (!edit) return text("Not found", 404);
  const { refused } = editApp(world, app.clientId, edit(req.form(), app));
  return refused ? appPage(world, app, { refused }) : redirect(addressOf(app.clientId));
}

const withApp = (go: (app: App, req: Req, world: World) => Res) => (req: Req, world: World) => {
  const app = getApp(world, req.params.clientId ?? "");
  return app ? go(app, req, world) : text("Not found", 404);
};

export const developerRoutes: Route[] = [
  { method: "GET", pattern: "/developer", handler: (_, world) => appListPage(world) },
  { method: "POST", pattern: "/developer/apps", handler: create },
  {
    method: "GET",
    pattern: "/developer/apps/:clientId",
    handler: withApp((app, _, world) => appPage(world, app)),
  },
  { method: "POST", pattern: "/developer/apps/:clientId/:part", handler: withApp(change) },
];
