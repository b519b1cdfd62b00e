"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line } from "#app/door/fields.ts";
import { SCOPE_NAMES } from "#lib/api-keys/key.ts";
import { makeKey } from "#lib/api-keys/make-key.ts";
import { revokeKey } from "#lib/api-keys/revoke-key.ts";
import { db } from "#lib/core/db.ts";

const newKey = z.strictObject({
  connectionId: z.uuid("Choose an organisation."),
  name: line(60, "Type the name of the system that will use it."),
});

/** With every scope that there is. */
export const sendNewKey = firmAction(newKey, "settings", async (typed, caller) => {
  const key = await makeKey(db(), caller, { ...typed, scopes: SCOPE_NAMES });
  refresh();
  return {
    message: `The key for ${typed.name} is made. Copy it now: it is shown this once, and the desk does not keep it.`,
    lines: [key],
  };
});

const oneKey = z.strictObject({ keyId: z.uuid() });

export const sendRevocation = firmAction(oneKey, "settings", async ({ keyId }, caller) => {
  const { name } = await revokeKey(db(), caller, keyId);
  refresh();
  return `The key of ${name} is revoked. From now on it opens nothing.`;
});
