"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { addMember, changeRole, removeMember, renewPasswordLink } from "#lib/firms/members.ts";
import { ROLES } from "#lib/firms/rules.ts";

const newMember = z.strictObject({
  name: line(100, "Type the person's name."),
  email: line(254, "Type the person's e-mail address."),
  role: z.enum(ROLES, "Choose a role."),
  on: z.enum(["firm", "company"]).default("firm"),
});

export const sendNewMember = firmAction(newMember, "people", async (typed, caller) => {
  const { passwordToken } = await addMember(db(), caller, typed);
  refresh();
  if (!passwordToken) return `${typed.email} is added and can sign in as before.`;
  return {
    message: `${typed.name} is added. Pass this link on; it is shown only now.`,
    link: linkFor(passwordToken),
  };
});

const oneMember = z.strictObject({ membershipId: z.uuid() });

export const sendRenewLink = firmAction(oneMember, "people", async ({ membershipId }, caller) => {
  const { passwordToken } = await renewPasswordLink(db(), caller, membershipId);
  return {
    message: "Pass this link on; it sets a password, once, within three days. Earlier links no longer work.",
    link: linkFor(passwordToken),
  };
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

function linkFor(token: string): string {
  return `${env().PUBLIC_ORIGIN}/sign-in/password/${token}`;
}
