"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { firmAction } from "#app/door/action.ts";
import { db } from "#lib/core/db.ts";
import { retryPosting } from "#lib/posting/retry.ts";

export const sendRetry = firmAction(
  z.strictObject({ postingId: z.uuid() }),
  "act",
  async ({ postingId }, caller) => {
    await retryPosting(db(), caller, postingId);
    refresh();
    return "Trying again.";
  },
);
