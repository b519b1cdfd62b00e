"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { db } from "#lib/core/db.ts";
import { endIt, tryNow } from "#lib/overdue/act.ts";
import { KIND_NAMES } from "#lib/overdue/kinds.ts";

const which = { kind: z.enum(KIND_NAMES), id: z.string().min(1).max(300) };

const tryForm = z.strictObject(which);

export const sendTryLate = firmAction(tryForm, "act", async (input, caller) => {
  await tryNow(db(), caller, input);
  refresh();
  return "It is tried again within a minute or so.";
});

const endForm = z.strictObject({
  ...which,
  note: line(300, "Say what you did: whoever looks later will ask."),
});

export const sendEndLate = firmAction(endForm, "act", async (input, caller) => {
  await endIt(db(), caller, input);
  refresh();
  return "Saved. It has left the list.";
});
