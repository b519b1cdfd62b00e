import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "#lib/core/env.ts";
import { pagePolicy } from "#lib/core/security-headers.ts";

/**
 * Gives each page its own nonce and policy, and tells it its address. It decides nothing about who may do what. What a
 * client sends under these names is overwritten, so that nobody else can choose the nonce.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, { simulator: env().SIMULATOR_URL, development: isDevelopment });

  const headers = new Headers(request.headers);
  headers.delete("content-security-policy-report-only");
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-counterfoil-path", request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pages and what answers in their place; not the build's files, nor data for programs. */
export const config = { matcher: ["/((?!api/|_next/).*)"] };
