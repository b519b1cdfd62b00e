"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { line, ticked } from "#app/door/fields.ts";
import { SCOPE_NAMES, type Scope } from "#lib/api-keys/key.ts";
import { makeKey } from "#lib/api-keys/make-key.ts";
import { revokeKey } from "#lib/api-keys/revoke-key.ts";
import { db } from "#lib/core/db.ts";
import { Misfilled } from "#lib/core/errors.ts";

/** A tick for each, by its name. */
const SCOPE_TICKS = Object.fromEntries(SCOPE_NAMES.map((scope) => [scope, ticked])) as Record<
  Scope,
  typeof ticked
>;

const newKey = z.strictObject({
  connectionId: z.uuid("Choose an organisation."),
  name: line(60, "Type the name of the system that will use it."),
  process: z.enum(["", "untracked", "tracked"]).transform((process) => process || null),
  ...SCOPE_TICKS,
});

export const sendNewKey = firmAction(
  newKey,
  "settings",
  async ({ connectionId, name, process, ...ticks }, caller) => {
    const scopes = SCOPE_NAMES.filter((scope) => ticks[scope]);
    if (scopes.length === 0) throw new Misfilled({ [SCOPE_NAMES[0]]: ["Tick what it may do."] });
    const key = await makeKey(db(), caller, { connectionId, name, scopes, process });
    refresh();
    return {
      message: `The key for ${name} is made. Copy it now: it is shown this once, and the desk does not keep it.`,
      lines: [key],
    };
  },
);

const oneKey = z.strictObject({ keyId: z.uuid() });

export const sendRevocation = firmAction(oneKey, "settings", async ({ keyId }, caller) => {
  const { name } = await revokeKey(db(), caller, keyId);
  refresh();
  return `The key of ${name} is revoked. From now on it opens nothing.`;
});
