import type { Purpose } from "../api/types.ts";

/** As Xero has it over all processes: more of one process would only stand in the others' way. */
const PLACES = 5;
const SYNC_PLACES = 3;
const FIRST: Purpose[] = ["payer", "write", "order", "sync"];

type Queue = { free: number; syncing: number; waiting: { purpose: Purpose; go: () => void }[] };

const queues = new Map<string, Queue>();

/** Waits for one of an organisation's places in this process, runs, gives it back. Payers go first, then writes, then orders. */
export async function inSlot<T>(organisation: string, purpose: Purpose, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(organisation) ?? { free: PLACES, syncing: 0, waiting: [] };
  queues.set(organisation, queue);
  if (hasPlace(queue, purpose)) take(queue, purpose);
  else await new Promise<void>((go) => queue.waiting.push({ purpose, go }));
  try {
    return await work();
  } finally {
    queue.free += 1;
    if (purpose === "sync") queue.syncing -= 1;
    letNextIn(queue);
    if (queue.free === PLACES) queues.delete(organisation);
  }
}

function hasPlace({ free, syncing }: Queue, purpose: Purpose): boolean {
  return free > 0 && (purpose !== "sync" || syncing < SYNC_PLACES);
}

function take(queue: Queue, purpose: Purpose): void {
  queue.free -= 1;
  if (purpose === "sync") queue.syncing += 1;
}

function letNextIn(queue: Queue): void {
  const next = FIRST.filter((purpose) => hasPlace(queue, purpose))
    .map((purpose) => queue.waiting.findIndex((one) => one.purpose === purpose))
    .find((at) => at >= 0);
  const [one] = next === undefined ? [] : queue.waiting.splice(next, 1);
  if (!one) return;
  take(queue, one.purpose);
  one.go();
}
