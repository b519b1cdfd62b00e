import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { type FirmContext, requireFirm } from "#lib/firms/authorise.ts";
import type { Ability } from "#lib/firms/rules.ts";
import type { Actor } from "#lib/people/actor.ts";
import type { Place } from "./action.ts";
import { requireActor } from "./actor.ts";

/**
 * For pages under /firms/[company]/[firm]: who is asking, and the firm they may do this at. A stranger goes to sign in;
 * a firm that isn't theirs, or a role too low, is a page that isn't there. `requireFirmPage(await params, "see")`.
 */
export async function requireFirmPage(
  { company, firm }: Place,
  ability: Ability,
): Promise<{ actor: Actor; firm: FirmContext }> {
  const found = await lookUp(company, firm, ability);
  return found ?? notFound();
}

const lookUp = cache(async (companySlug: string, firmSlug: string, ability: Ability) => {
  const actor = await requireActor();
  try {
    return { actor, firm: await requireFirm(db(), actor, { companySlug, firmSlug }, ability) };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
});
