import "server-only";
import type { FirmContext } from "#lib/firms/authorise.ts";
import type { ConnectOutcome } from "#lib/xero/consent/finish-connect.ts";

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
