import "server-only";
import { env } from "#lib/core/env.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import type { ConnectOutcome } from "#lib/xero/finish-connect.ts";

/** 303 to a path of our own: the browser forgets the address it was sent to, and the code in it. */
export function seeOther(path: string): Response {
  const headers = { location: new URL(path, env().PUBLIC_ORIGIN).href, "cache-control": "no-store" };
  return new Response(null, { status: 303, headers });
}

export function connectionsPath(firm: FirmContext): string {
  return `/firms/${firm.companySlug}/${firm.firmSlug}/connections`;
}

/** The page that tells a person what came of their Connect. */
export function pageOf(outcome: ConnectOutcome): string {
  switch (outcome.kind) {
    case "connected":
      return `${connectionsPath(outcome.firm)}?result=${outcome.again ? "renewed" : "connected"}`;
    case "choose":
      return `${connectionsPath(outcome.firm)}/choose/${outcome.flowId}`;
    case "refused":
      return outcome.firm ? `${connectionsPath(outcome.firm)}?result=${outcome.why}` : "/xero-answer";
  }
}
