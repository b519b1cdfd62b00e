/**
 * On every answer, whoever makes it. Referrer-Policy is `same-origin`, not `no-referrer`: other hosts get nothing under
 * both, but under `no-referrer` (as a header or a meta tag) browsers send our own form posts with `Origin: null`, which
 * no origin check can tell from a forgery.
 */
export const securityHeaders = ({ subdomains }: { subdomains: boolean }) => [
  // The names below this host are not ours to speak for, unless whoever builds the desk says so.
  {
    key: "Strict-Transport-Security",
    value: subdomains ? "max-age=63072000; includeSubDomains" : "max-age=63072000",
  },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
  },
];

/** For what is no page: data, redirects, files. It may load and run nothing. Pages get `pagePolicy` from proxy.ts instead. */
export const STATIC_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Where our forms may end up: here, the processor's hosted page, Xero's consent. */
const FORM_TARGETS = ["'self'", "https://checkout.stripe.com", "https://login.xero.com"];

/** The policy of one page: only scripts and styles that carry its nonce, nothing from another host. */
export function pagePolicy(
  nonce: string,
  { simulator, development }: { simulator: string | undefined; development: boolean },
): string {
  const forms = simulator ? [...FORM_TARGETS, new URL(simulator).origin] : FORM_TARGETS;
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${forms.join(" ")}`,
  ].join("; ");
}
