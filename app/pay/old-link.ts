import "server-only";
import { seeOther } from "#app/door/see-other.ts";
import { linkFromPath } from "#lib/checkout/links/link-rules.ts";
import { toQuery } from "#lib/firms/pay-link.ts";
import { payPath } from "./pay-door.ts";

/** Leads a link of the old shape, in an address or pasted, to its pay page; one that makes no sense to the page that says so. */
export function oldLink(text: string): Response {
  const link = linkFromPath(text);
  if (!link) return seeOther("/pay/unknown/link");
  return seeOther(`${payPath({ company: link.companySlug, firm: link.firmSlug })}?${toQuery(link)}`);
}
