import "server-only";
import { env } from "#lib/core/env.ts";

/** Where staff make an app and its secrets. */
export const APPS_AT_XERO = "https://developer.xero.com/app/manage";

/** Xero's own page about scopes. */
export const SCOPES_AT_XERO = "https://developer.xero.com/documentation/guides/oauth2/scopes";

/** Opens this organisation at Xero, in the browser of whoever has access to it. */
export function organisationAtXero(shortCode: string): string {
  const { SIMULATOR_URL } = env();
  if (SIMULATOR_URL) return new URL("/settings-online-payments", SIMULATOR_URL).href;
  return `https://go.xero.com/organisationlogin/default.aspx?shortcode=${encodeURIComponent(shortCode)}`;
}
