import "server-only";
import { randomUUID } from "node:crypto";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { findOrInvite } from "#lib/people/invite.ts";
import { voidCredentials } from "#lib/people/password-links.ts";
import { listPeople } from "#lib/people/read.ts";
import { type FirmCaller, requireAbility } from "./authorise.ts";
import { passwordLinkAsked } from "./jobs.ts";
import {
  deleteMembership,
  hasSeat,
  insertMembership,
  listMemberships,
  listPosts,
  type Seat,
  updateRole,
} from "./member-store.ts";
import { recordBy } from "./record-by.ts";
import { isLastOwner, manages, type Role } from "./rules.ts";
import { lockCompany } from "./store.ts";

export type NewMember = { name: string; email: string; role: Role; on: "firm" | "company" };

/**
 * Gives a person a role on the firm or its company. Somebody who has no password yet is sent a link to set one, which
 * nobody else sees; somebody who signs in already needs none. Whoever works elsewhere too can be added only by an owner
 * of all those places: a person known to others must not be taken for the one meant here.
 */
export async function addMember(
  db: Db,
  caller: FirmCaller,
  { name, email, role, on }: NewMember,
): Promise<{ isInvited: boolean }> {
  const { firm } = caller;
  requireAbility(firm, on === "company" ? "company" : "people");
  const seat: Seat =
    on === "company" ? { firmId: null, companyId: firm.companyId } : { firmId: firm.firmId, companyId: null };
  return db.transaction(async (tx) => {
    await lockCompany(tx, firm.companyId);
    const { userId, isNew } = await findOrInvite(tx, { email, name });
    if (await hasSeat(tx, userId, seat))
      throw new AppError("invalid", "This person is here already.", { field: "email" });
    if (!isNew && !(await managesAllOf(tx, caller, userId))) {
      const message = `This person already works here for others. An owner of ${firm.companyName} can add them.`;
      throw new AppError("invalid", message, { field: "email" });
    }
    await insertMembership(tx, { ...seat, userId, role });
    await recordFor(tx, caller, "member.added", userId, { role, on });
    const [person] = await listPeople(tx, [userId]);
    const isInvited = person?.state === "invited";
    if (isInvited) await askForLink(tx, caller, userId);
    return { isInvited };
  });
}

/**
 * Sends a member a one-time link to set a password, for a first one or a forgotten one; older ones stop working. Only for
 * people whose every role is within what the asker manages.
 */
export async function renewPasswordLink(
  db: Db,
  caller: FirmCaller,
  membershipId: string,
): Promise<{ email: string }> {
  return db.transaction(async (tx) => {
    const member = await requireMember(tx, caller, membershipId);
    if (!(await managesAllOf(tx, caller, member.userId))) {
      const message = `This person works here for others too. An owner of ${caller.firm.companyName} can do this.`;
      throw new AppError("forbidden", message);
    }
    await askForLink(tx, caller, member.userId);
    await recordFor(tx, caller, "member.password-link-asked", member.userId, {});
    const [person] = await listPeople(tx, [member.userId]);
    return { email: person?.email ?? "" };
  });
}

/** Throws `conflict` when the firm or company would be left without an owner. */
export async function changeRole(
  db: Db,
  caller: FirmCaller,
  { membershipId, role }: { membershipId: string; role: Role },
): Promise<void> {
  await db.transaction(async (tx) => {
    const member = await requireMember(tx, caller, membershipId);
    if (role !== "owner") await refuseLastOwner(tx, caller, membershipId);
    await updateRole(tx, membershipId, role);
    await recordFor(tx, caller, "member.role-changed", member.userId, {
      from: member.role,
      to: role,
      on: member.on,
    });
  });
}

/**
 * Takes the role away; the person stays known. With the last role go the password, links and sessions: whoever gives this
 * address a role later invites it anew. Throws `conflict` as above.
 */
export async function removeMember(db: Db, caller: FirmCaller, membershipId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const member = await requireMember(tx, caller, membershipId);
    await refuseLastOwner(tx, caller, membershipId);
    await deleteMembership(tx, membershipId);
    if ((await listPosts(tx, member.userId)).length === 0) await voidCredentials(tx, member.userId);
    await recordFor(tx, caller, "member.removed", member.userId, { role: member.role, on: member.on });
  });
}

/** Locks the company, so that two owners can't take each other out at once. */
async function requireMember(tx: Db, { firm }: FirmCaller, membershipId: string) {
  await lockCompany(tx, firm.companyId);
  const member = (await listMemberships(tx, firm)).find((one) => one.membershipId === membershipId);
  if (!member) throw new AppError("not_found", "This person has no role here any more.");
  requireAbility(firm, member.on === "company" ? "company" : "people");
  return member;
}

async function refuseLastOwner(tx: Db, { firm }: FirmCaller, membershipId: string): Promise<void> {
  const rows = await listMemberships(tx, firm);
  const people = await listPeople(
    tx,
    rows.map(({ userId }) => userId),
  );
  const active = new Set(people.filter(({ state }) => state === "active").map(({ userId }) => userId));
  const members = rows.map((row) => ({ ...row, isActive: active.has(row.userId) }));
  if (!isLastOwner(members, membershipId)) return;
  throw new AppError("conflict", "This is the last owner. Make somebody else an owner first.");
}

async function managesAllOf(tx: Db, { firm }: FirmCaller, userId: string): Promise<boolean> {
  return (await listPosts(tx, userId)).every((post) => manages(firm, post));
}

/** The link itself is made when the e-mail is: it stands nowhere else. */
async function askForLink(tx: Db, { firm, actor }: FirmCaller, userId: string): Promise<void> {
  const { firmId } = firm;
  await enqueue(tx, passwordLinkAsked, { askId: randomUUID(), userId, firmId, askedBy: actor.userId });
}

async function recordFor(
  tx: Db,
  caller: FirmCaller,
  action: string,
  userId: string,
  detail: Record<string, string>,
): Promise<void> {
  await recordBy(tx, caller, { action, subject: `user:${userId}`, detail });
}
