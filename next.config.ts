import type { NextConfig } from "next";
import { STATIC_POLICY, securityHeaders } from "./lib/core/web/security-headers.ts";

/** Built in: it must be the same on every answer, or a browser would turn it on and off. */
const subdomains = process.env.HSTS_INCLUDE_SUBDOMAINS === "true";

const config: NextConfig = {
  output: "standalone",
  poweredByHeader: false,
  // "off" leaves it to the proxy in front; read by a build.
  compress: process.env.COMPRESS !== "off",
  reactStrictMode: true,
  typedRoutes: true,
  // Its redirects to the address without a last slash carry none of our headers; the pages answer to both.
  skipTrailingSlashRedirect: true,
  // Else proxy.ts is told the query in another order than it has in the address, and a pay link's is told by that.
  skipProxyUrlNormalize: true,
  images: { unoptimized: true },
  experimental: {
    // A page's code is loaded when it is first asked for: a process that serves payers alone needs a sixth less memory.
    preloadEntriesOnStart: false,
    // In front of proxy.ts Next holds the body of every post: by default ten megabytes of it. Our largest form has one.
    proxyClientMaxBodySize: "1mb",
  },
  // "npm test" checks types over the whole project, tests and scripts too; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["xero-node", "pg", "pg-boss", "pino", "nodemailer", "pdfkit"],
  // Read by name at run time: the built server needs them beside it.
  outputFileTracingIncludes: {
    "/firms/**": ["./lib/evidence/fonts/*.ttf"],
    // Loaded by Node, past Next's compiler.
    "/pay-document/**": ["./node_modules/{react,react-dom}/{package.json,*.js,cjs/*.production.js}"],
  },
  // A payer's page that app/pay/renderer.ts has marked; every other request finds Next's own.
  rewrites: async () => ({
    beforeFiles: [
      {
        source: "/pay/:page*",
        has: [{ type: "header", key: "x-counterfoil-renderer", value: "own" }],
        destination: "/pay-document/:page*",
      },
    ],
    afterFiles: [],
    fallback: [],
  }),
  headers: async () => [
    { source: "/:path*", headers: securityHeaders({ subdomains }) },
    // Next says nothing of caches when a handler finds nothing; pages say it themselves.
    { source: "/firms/:path*", headers: [{ key: "Cache-Control", value: "private, no-store" }] },
    { source: "/api/:path*", headers: [{ key: "Content-Security-Policy", value: STATIC_POLICY }] },
    { source: "/_next/:path*", headers: [{ key: "Content-Security-Policy", value: STATIC_POLICY }] },
  ],
};

export default config;
