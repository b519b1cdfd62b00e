import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env, isDevelopment } from "#lib/core/env.ts";
import { pagePolicy, STATIC_POLICY } from "#lib/core/web/security-headers.ts";

/**
 * Gives each page its own nonce and policy, and tells it its address. It decides nothing about who may do what. What a
 * client sends under these names is overwritten, so that nobody else can choose the nonce.
 */
export function proxy(request: NextRequest): Response {
  if (!isReadable(request.nextUrl.pathname)) return new Response(null, { status: 400, headers: NO_PAGE });
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, { simulator: env().SIMULATOR_URL, development: isDevelopment });

  const headers = new Headers(request.headers);
  headers.delete("content-security-policy-report-only");
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-counterfoil-path", request.nextUrl.pathname + asTyped(request.nextUrl.search));

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Next's own word for "only the data, please" is no part of the address. */
function asTyped(search: string): string {
  return search.replace(/[?&]_rsc(=[^&]*)?$/, "");
}

const NO_PAGE = { "content-security-policy": STATIC_POLICY, "cache-control": "no-store" };

/** Next answers an address that is no UTF-8 with 500, as if the fault were ours. */
function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Pages and what answers in their place, the API's reference too; not the build's files, nor data for programs, nor what app/pay-document draws. */
export const config = {
  matcher: [
    {
      source: "/((?!api/(?!v1/docs$)|_next/).*)",
      missing: [{ type: "header", key: "x-counterfoil-renderer", value: "own" }],
    },
  ],
};
