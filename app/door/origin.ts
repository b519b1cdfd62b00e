import "server-only";
import { env } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";

/**
 * Lets a changing request in only from our own pages: its Origin is PUBLIC_ORIGIN, and Sec-Fetch-Site, where the browser
 * sends it, agrees. No Origin, `null` and any other are refused; Host and X-Forwarded-Host are not looked at, for the
 * client can write them. For plain form POSTs: `requireOwnOrigin(request.headers)` first thing. Throws `forbidden`.
 */
export function requireOwnOrigin(headers: Headers): void {
  const { PUBLIC_ORIGIN } = env();
  const site = headers.get("sec-fetch-site");
  if (headers.get("origin") === PUBLIC_ORIGIN && (site === null || site === "same-origin")) return;
  throw new AppError(
    "forbidden",
    `This form came from another address. Open ${PUBLIC_ORIGIN} and send it from there.`,
  );
}
