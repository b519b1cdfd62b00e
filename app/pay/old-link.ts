import "server-only";
import { seeOther } from "#app/door/see-other.ts";
import { linkFromPath, toQuery } from "#lib/checkout/link-rules.ts";
import { payPath } from "./pay-door.ts";

/** Leads a link of the old shape to its pay page; one that makes no sense to the page that says so. */
export function oldLink(segments: string[]): Response {
  const link = linkFromPath(segments);
  if (!link) return seeOther("/pay/unknown/link");
  return seeOther(`${payPath({ company: link.companySlug, firm: link.firmSlug })}?${toQuery(link)}`);
}
