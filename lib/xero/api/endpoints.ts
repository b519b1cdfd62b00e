import "server-only";
import { env } from "#lib/core/env.ts";

export type XeroEndpoints = {
  issuer: string;
  authorize: string;
  token: string;
  jwks: string;
  connections: string;
  accounting: string;
  /** Plain http is for the simulator on this machine alone. */
  insecure: boolean;
};

const XERO: XeroEndpoints = {
  issuer: "https://identity.xero.com",
  authorize: "https://login.xero.com/identity/connect/authorize",
  token: "https://identity.xero.com/connect/token",
  jwks: "https://identity.xero.com/.well-known/openid-configuration/jwks",
  connections: "https://api.xero.com/connections",
  accounting: "https://api.xero.com/api.xro/2.0",
  insecure: false,
};

/** Xero's addresses, or the simulator's: constants of the process, never read from a database or a document. */
export function endpoints(): XeroEndpoints {
  const base = env().SIMULATOR_URL?.replace(/\/+$/, "");
  if (!base) return XERO;
  return {
    issuer: base,
    authorize: `${base}/identity/connect/authorize`,
    token: `${base}/connect/token`,
    jwks: `${base}/.well-known/openid-configuration/jwks`,
    connections: `${base}/connections`,
    accounting: `${base}/api.xro/2.0`,
    insecure: true,
  };
}
