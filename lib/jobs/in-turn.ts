import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";

/** Does one thing after the other, whatever becomes of those before. `name` and the keys are what failures are kept under. */
export async function inTurn(
  db: Db,
  name: string,
  verbs: Record<string, () => Promise<unknown>>,
): Promise<void> {
  await eachAlone(db, Object.entries(verbs), {
    kind: "turn",
    idOf: ([verb]) => `${name}.${verb}`,
    work: ([, run]) => run(),
  });
}
