import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import type { Actor } from "#lib/people/actor.ts";
import { type Ability, may, type Role, roleOf, type Standing } from "./rules.ts";
import { type FirmPlace, getCompanyStanding, getStanding } from "./store.ts";

/** A firm that this person may see, and as what. Only `requireFirm` makes one. */
export type FirmContext = Standing & {
  firmId: string;
  firmSlug: string;
  firmName: string;
  companyId: string;
  companySlug: string;
  companyName: string;
  role: Role;
};

export type CompanyContext = {
  companyId: string;
  companySlug: string;
  companyName: string;
  companyRole: Role;
};

/** Who does something at which firm, from where: what verbs on a firm take. */
export type FirmCaller = { actor: Actor; firm: FirmContext; ip: string | null };

/**
 * The one gate to a firm: call it first, pass on its `firmId`. Throws `not_found` when the firm isn't this person's
 * (it looks as if it did not exist), `forbidden` when it is but the role is too low.
 */
export async function requireFirm(
  db: Db,
  actor: Actor,
  place: FirmPlace,
  ability: Ability,
): Promise<FirmContext> {
  const found = isAskable(place) ? await getStanding(db, actor.userId, place) : undefined;
  const role = found ? roleOf(found) : null;
  if (!found || !role) throw new AppError("not_found", "There is no such firm, or you have no access to it.");
  const firm = { ...found, role };
  requireAbility(firm, ability);
  return firm;
}

/** For what goes on inside a firm already let into: throws `forbidden` when the role is too low for this. */
export function requireAbility(firm: FirmContext, ability: Ability): void {
  if (may(firm, ability)) return;
  throw new AppError("forbidden", `You are ${firm.role} at ${firm.firmName}. Only an owner can do this.`);
}

/** The gate to what belongs to a company as a whole: for its owners alone. Throws `not_found` to everyone else. */
export async function requireCompany(db: Db, actor: Actor, companySlug: string): Promise<CompanyContext> {
  const found = companySlug.includes("\0")
    ? undefined
    : await getCompanyStanding(db, actor.userId, companySlug);
  if (found && may({ firmRole: null, companyRole: found.companyRole }, "company")) return found;
  throw new AppError("not_found", "There is no such company, or you have no access to it.");
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** PostgreSQL throws for text that is no UUID, or holds a NUL; here both are just a firm that isn't there. */
function isAskable(place: FirmPlace): boolean {
  if (typeof place === "string") return UUID.test(place);
  return !`${place.companySlug}${place.firmSlug}`.includes("\0");
}
