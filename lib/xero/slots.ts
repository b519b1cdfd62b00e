import type { Purpose } from "./types.ts";

/** Xero takes five calls of one organisation at once; one is left for another process of ours. */
const SLOTS = 4;
const FIRST: Purpose[] = ["write", "payer", "sync"];

type Queue = { free: number; waiting: { purpose: Purpose; go: () => void }[] };

const queues = new Map<string, Queue>();

/** Waits for one of the organisation's slots in this process, runs, gives it back. Writes and payers overtake sync. */
export async function inSlot<T>(tenantId: string, purpose: Purpose, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(tenantId) ?? { free: SLOTS, waiting: [] };
  queues.set(tenantId, queue);
  if (queue.free > 0) queue.free -= 1;
  else await new Promise<void>((go) => queue.waiting.push({ purpose, go }));
  try {
    return await work();
  } finally {
    const next = takeNext(queue);
    if (next) next.go();
    else queue.free += 1;
    if (queue.free === SLOTS) queues.delete(tenantId);
  }
}

function takeNext({ waiting }: Queue): Queue["waiting"][number] | undefined {
  for (const purpose of FIRST) {
    const at = waiting.findIndex((one) => one.purpose === purpose);
    if (at >= 0) return waiting.splice(at, 1)[0];
  }
  return undefined;
}
