import { createHash } from "node:crypto";

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

type Where = { simulator: string | undefined };

/** The policy of one page that Next draws: only scripts and styles that carry its nonce, nothing from another host. */
export function pagePolicy(
  nonce: string,
  { simulator, development }: Where & { development: boolean },
): string {
  return policy({
    simulator,
    scripts: `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    styles: `'self' 'nonce-${nonce}'`,
    more: ["connect-src 'self'", "manifest-src 'self'"],
  });
}

/** The policy of one page that we draw: no script and no style in it but these very texts, and it asks nobody for anything. */
export function documentPolicy({
  simulator,
  scripts,
  styles,
}: Where & Record<"scripts" | "styles", string[]>) {
  return policy({
    simulator,
    scripts: scripts.length > 0 ? scripts.map(sourceOf).join(" ") : "'none'",
    styles: ["'self'", ...styles.map(sourceOf)].join(" "),
    more: [],
  });
}

function sourceOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

type Parts = Where & { scripts: string; styles: string; more: string[] };

function policy({ simulator, scripts, styles, more }: Parts): string {
  const forms = simulator ? [...FORM_TARGETS, new URL(simulator).origin] : FORM_TARGETS;
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    ...more,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${forms.join(" ")}`,
  ].join("; ");
}
