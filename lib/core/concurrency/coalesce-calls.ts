import "server-only";
import type { Db } from "../db.ts";

/**
 * Makes one run of what many ask for at once. Whatever comes while a run of its key is under way goes with the next one,
 * in the order it came; so a run has always begun after its items were asked for. Each caller gets the answer of its run,
 * or what that threw. Runs of one key follow each other, those of different keys don't wait. The handle is one and the
 * same in a process.
 */
export function coalesceCalls<T, R>(
  run: (db: Db, key: string, items: T[]) => Promise<R>,
): (db: Db, key: string, item: T) => Promise<R> {
  const last = new Map<string, Promise<R>>();
  const waiting = new Map<string, { items: T[]; answer: Promise<R> }>();

  return (db, key, item) => {
    const next = waiting.get(key);
    if (next) {
      next.items.push(item);
      return next.answer;
    }
    const items = [item];
    const answer = ended(last.get(key)).then(() => {
      waiting.delete(key);
      return run(db, key, items);
    });
    waiting.set(key, { items, answer });
    last.set(key, answer);
    void ended(answer).then(() => {
      if (last.get(key) === answer) last.delete(key);
    });
    return answer;
  };
}

async function ended(work: Promise<unknown> | undefined): Promise<void> {
  await work?.catch(() => {});
}
