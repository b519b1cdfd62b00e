import type { Db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { letterheadOf } from "./letterhead.ts";

/** The address of a firm's pay page, without a link's query. */
export async function payAddress(db: Db, firmId: string): Promise<string> {
  const { companySlug, firmSlug } = await letterheadOf(db, firmId);
  return `${env().PUBLIC_ORIGIN}/pay/${companySlug}/${firmSlug}`;
}

/** The query of a pay link of our own. `amount` is a decimal; `short` Xero's short code of the organisation. */
export function toQuery(link: {
  number: string;
  amount: string;
  short?: string | null;
  currency?: string | null;
}): string {
  const parts = [
    ...(link.short ? [`short=${encodeURIComponent(link.short)}`] : []),
    ...(link.currency ? [`currency=${encodeURIComponent(link.currency)}`] : []),
    `amount=${encodeURIComponent(link.amount)}`,
    `invoice=${encodeURIComponent(link.number)}`,
  ];
  return parts.join("&");
}
