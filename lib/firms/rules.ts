/** From least to most; a company's role covers all its firms. */
export const ROLES = ["viewer", "staff", "owner"] as const;
export type Role = (typeof ROLES)[number];

/** Who may do what. `company` abilities need the role on the company itself, not on one of its firms. */
const ABILITIES = {
  /** Open the firm's pages. */
  see: { from: "viewer", on: "firm" },
  /** Work the to-do list and payments. */
  act: { from: "staff", on: "firm" },
  /** Change the firm's profile, privacy, terms, processor. */
  settings: { from: "owner", on: "firm" },
  /** Connect and disconnect Xero; the firm's own Xero app. */
  connect: { from: "owner", on: "firm" },
  /** Add and remove the firm's people. */
  people: { from: "owner", on: "firm" },
  /** The company's people, its shared Xero app, new firms. */
  company: { from: "owner", on: "company" },
} as const satisfies Record<string, { from: Role; on: "firm" | "company" }>;

export type Ability = keyof typeof ABILITIES;

/** A person's roles at one firm: on the firm itself and on its company. */
export type Standing = { firmRole: Role | null; companyRole: Role | null };

/** The higher of the two; null when the person has no business here. */
export function roleOf({ firmRole, companyRole }: Standing): Role | null {
  return rank(firmRole) >= rank(companyRole) ? firmRole : companyRole;
}

export function may(standing: Standing, ability: Ability): boolean {
  const { from, on } = ABILITIES[ability];
  const role = on === "company" ? standing.companyRole : roleOf(standing);
  return rank(role) >= rank(from);
}

function rank(role: Role | null): number {
  return role === null ? -1 : ROLES.indexOf(role);
}

/** A membership as the rules below see it. `isActive`: the person can sign in today. */
export type Member = { membershipId: string; on: "firm" | "company"; role: Role; isActive: boolean };

/**
 * Whether a firm or its company would be left without anyone in charge if this member lost the owner's role. `members`
 * are all of the firm and of its company; an invited person who has set no password yet is in charge of nothing.
 */
export function isLastOwner(members: Member[], membershipId: string): boolean {
  const owners = members.filter(({ role, isActive }) => role === "owner" && isActive);
  const leaving = owners.find((owner) => owner.membershipId === membershipId);
  if (!leaving) return false;
  const others = owners.filter((owner) => owner !== leaving);
  return leaving.on === "company" ? !others.some(({ on }) => on === "company") : others.length === 0;
}

/** A place where somebody has a role; a company's has no firmId. */
export type Post = { firmId: string | null; companyId: string };

/** Whether an owner who stands here manages the people at that post. */
export function manages(owner: Standing & { firmId: string; companyId: string }, post: Post): boolean {
  if (may(owner, "company") && post.companyId === owner.companyId) return true;
  return may(owner, "people") && post.firmId === owner.firmId;
}

type PartPolicy = { partMinimumMinor: bigint | null; partCurrency: string | null; partFromInvoices: number };

/** The least that may be paid of each of so many invoices that owes more; null when the firm takes no parts of them. */
export function leastPart(
  { partMinimumMinor, partCurrency, partFromInvoices }: PartPolicy,
  { currency, invoices }: { currency: string; invoices: number },
): bigint | null {
  return partCurrency === currency && invoices >= partFromInvoices ? partMinimumMinor : null;
}
