import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { apiKeys, apiReplays } from "#db/schema/api-keys.ts";
import type { Db } from "#lib/core/db.ts";

const ERASED = "Erased";

/**
 * Erases who bought from the answers that are kept for an Idempotency-Key, of all of a firm's keys: buyers of one of these names, and
 * details of faults that tell one of them, or this e-mail. Everything else is answered again as it was. How many answers were changed.
 */
export async function eraseAnswers(
  tx: Db,
  firmId: string,
  { names, email }: { names: string[]; email: string },
): Promise<number> {
  const words = [email, ...names].map((word) => word.toLowerCase()).filter((word) => word !== "");
  // PostgreSQL may know no small letters but those of ASCII.
  const asJson = [...new Set([email, ...names, ...words])].map((word) => JSON.stringify(word).slice(1, -1));
  const { apiKeyId, key, body } = apiReplays;
  const rows = await tx
    .select({ apiKeyId, key, body })
    .from(apiReplays)
    .innerJoin(apiKeys, eq(apiKeys.id, apiKeyId))
    .where(
      and(
        eq(apiKeys.firmId, firmId),
        sql`exists (select 1 from unnest(${sql.param(asJson)}::text[]) word where word <> '' and (position(word in ${body}) > 0 or position(word in lower(${body})) > 0))`,
      ),
    );
  let changed = 0;
  for (const row of rows) {
    const erased = withoutThem(row.body ?? "", words);
    if (erased === row.body) continue;
    changed += 1;
    await tx
      .update(apiReplays)
      .set({ body: erased })
      .where(and(eq(apiKeyId, row.apiKeyId), eq(key, row.key)));
  }
  return changed;
}

/** JSON of ours in, the same out; `words` in small letters. */
function withoutThem(json: string, words: string[]): string {
  return JSON.stringify(JSON.parse(json), (field, value) => {
    if (typeof value !== "string") return value;
    const said = value.toLowerCase();
    const isTheirs =
      (field === "buyer" && words.includes(said.trim())) ||
      ((field === "detail" || field === "fileName") && words.some((word) => isIn(said, word)));
    return isTheirs ? ERASED : value;
  });
}

/** As a word of its own: a name may be a part of others. Both in small letters. */
function isIn(said: string, word: string): boolean {
  const isLetter = (at: number) => /[\p{L}\p{N}]/u.test(said.charAt(at));
  for (let at = said.indexOf(word); at >= 0; at = said.indexOf(word, at + 1))
    if (!isLetter(at - 1) && !isLetter(at + word.length)) return true;
  return false;
}
