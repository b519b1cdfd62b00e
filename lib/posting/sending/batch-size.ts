import { XeroFault } from "#lib/xero/api/xero-fault.ts";

/** What Xero recommends for one request (xero-documents 1); a kind may want fewer. */
const AT_MOST = 50;

const sizes = new Map<string, number>();

/**
 * How many documents this process sends to an organisation in one call: one at first, twice as many with each answer, and
 * one again when there is none. So little is in doubt while Xero is away.
 */
export function batchSizeOf(connectionId: string): number {
  return sizes.get(connectionId) ?? 1;
}

/** Asks Xero, and notes whether it answers; a no is an answer. */
export async function withBatchSize<T>(connectionId: string, asking: Promise<T>): Promise<T> {
  try {
    const answer = await asking;
    sizes.set(connectionId, Math.min(2 * batchSizeOf(connectionId), AT_MOST));
    return answer;
  } catch (error) {
    const isAnswer =
      error instanceof XeroFault && (error.fault.kind === "refused" || error.fault.kind === "not_found");
    if (!isAnswer) sizes.delete(connectionId);
    throw error;
  }
}
