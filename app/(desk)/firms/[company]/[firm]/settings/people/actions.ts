"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { addMember, changeRole, removeMember, renewPasswordLink } from "#lib/firms/members.ts";
import { ROLES } from "#lib/firms/rules.ts";

const newMember = z.strictObject({
  name: line(100, "Type the person's name."),
  email: line(254, "Type the person's e-mail address."),
  role: z.enum(ROLES, "Choose a role."),
  on: z.enum(["firm", "company"]).default("firm"),
});

export const sendNewMember = firmAction(newMember, "people", async (typed, caller) => {
  const { isInvited } = await addMember(db(), caller, typed);
  refresh();
  return isInvited
    ? `${typed.name} is added. An invitation is on its way to ${typed.email}; its link works once, within three days.`
    : `${typed.email} is added and can sign in as before.`;
});

const oneMember = z.strictObject({ membershipId: z.uuid() });

export const sendRenewLink = firmAction(oneMember, "people", async ({ membershipId }, caller) => {
  const { email } = await renewPasswordLink(db(), caller, membershipId);
  return `A link to set a password is on its way to ${email}. It works once, within three days; earlier links no longer work.`;
});

export const sendRole = firmAction(
  oneMember.extend({ role: z.enum(ROLES) }),
  "people",
  async (typed, caller) => {
    await changeRole(db(), caller, typed);
    refresh();
    return "Saved.";
  },
);

export const sendRemoval = firmAction(oneMember, "people", async ({ membershipId }, caller) => {
  await removeMember(db(), caller, membershipId);
  refresh();
  return "Removed.";
});
