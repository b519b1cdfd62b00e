import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { documentPolicy, pagePolicy, STATIC_POLICY, securityHeaders } from "./security-headers.ts";

const policy = pagePolicy("bm9uY2U=", { simulator: undefined, development: false });

test("X2: a page runs no script without its nonce", () => {
  expect(policy).toContain("script-src 'nonce-bm9uY2U=' 'strict-dynamic'");
  expect(policy).not.toMatch(/unsafe|\*|blob:/);
});

test("X2: a page that we draw runs the scripts that it was given and no other, and asks nobody for anything", () => {
  const hash = createHash("sha256").update("run()").digest("base64");
  const drawn = documentPolicy({ simulator: undefined, scripts: ["run()"], styles: [] });
  expect(drawn).toContain(`script-src 'sha256-${hash}'; style-src 'self';`);
  expect(drawn).not.toMatch(/unsafe|nonce|strict-dynamic|connect-src|\*|blob:/);
  expect(documentPolicy({ simulator: undefined, scripts: [], styles: [] })).toContain("script-src 'none';");
});

test("X2: what a page that we draw may do, a page of Next's may do", () => {
  const drawn = documentPolicy({ simulator: undefined, scripts: [], styles: [] }).split("; ");
  const own = drawn.filter((part) => !/^(script|style)-src/.test(part));
  expect(policy.split("; ")).toEqual(expect.arrayContaining(own));
});

test("X2: a page loads nothing from another host; its forms may lead to the processor and to Xero", () => {
  const hosts = policy.match(/https?:\/\/[^\s;]+/g);
  expect(hosts).toEqual(["https://checkout.stripe.com", "https://login.xero.com"]);
});

test("with a simulator, forms may lead there too", () => {
  const simulated = pagePolicy("n", { simulator: "http://127.0.0.1:4010/x", development: false });
  expect(simulated).toMatch(/form-action .* http:\/\/127\.0\.0\.1:4010$/);
});

test("X3: nothing of ours can be framed", () => {
  expect(policy).toContain("frame-ancestors 'none'");
  expect(STATIC_POLICY).toContain("frame-ancestors 'none'");
  expect(securityHeaders({ subdomains: false })).toContainEqual({ key: "X-Frame-Options", value: "DENY" });
});

test("TLS is asked for this host alone, and for those below it only where the build says so", () => {
  const hsts = (subdomains: boolean) =>
    securityHeaders({ subdomains }).find(({ key }) => key === "Strict-Transport-Security")?.value;
  expect([hsts(false), hsts(true)]).toEqual(["max-age=63072000", "max-age=63072000; includeSubDomains"]);
});
