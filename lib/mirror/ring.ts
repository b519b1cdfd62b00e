import "server-only";
import type { Db } from "#lib/core/db.ts";
import { enqueue } from "#lib/core/queue.ts";
import { inbox } from "./jobs.ts";

type Rings = { ringing: Promise<void>; next: Promise<void> | undefined };

const apps = new Map<string, Rings>();

/**
 * Asks for this app's inbox to be worked through, with all that was committed before: done once this resolves. A ring
 * holds the waiting job's row until its commit is on the disk, so with one for each delivery they would all wait for
 * each other's. Whoever asks while this process rings shares the next ring.
 */
export function ring(db: Db, appId: string): Promise<void> {
  const rings: Rings = apps.get(appId) ?? { ringing: Promise.resolve(), next: undefined };
  apps.set(appId, rings);
  rings.next ??= rings.ringing
    .catch(() => {})
    .then(() => {
      rings.next = undefined;
      rings.ringing = db.transaction((tx) => enqueue(tx, inbox, { appId }));
      return rings.ringing;
    });
  return rings.next;
}
