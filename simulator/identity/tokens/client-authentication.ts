import type { Req, World } from "../../core/types.ts";
import { type App, getApp } from "../apps/apps.ts";
import { sameSecret } from "./secrets.ts";

/** Basic, or client_id (and client_secret) in the body; a PKCE app brings its id alone. Undefined: invalid_client. */
export function authenticateClient(req: Req, world: World): App | undefined {
  const { clientId, secret } = credentials(req);
  const app = clientId ? getApp(world, clientId) : undefined;
  if (!app) return undefined;
  if (app.kind === "pkce") return secret ? undefined : app;
  return secret && app.secretHash && sameSecret(secret, app.secretHash) ? app : undefined;
}

function credentials(req: Req): { clientId: string; secret: string } {
  const basic = /^Basic\s+(\S+)$/i.exec(req.headers.authorization ?? "")?.[1];
  if (!basic) {
    const form = req.form();
    return { clientId: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
  }
  const [clientId = "", ...secret] = Buffer.from(basic, "base64").toString().split(":");
  return { clientId: formDecode(clientId), secret: formDecode(secret.join(":")) };
}

/** RFC 6749 2.3.1 form-encodes both halves; a client that does not is understood too. */
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
