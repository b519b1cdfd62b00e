import { XeroFault } from "#lib/xero/api/xero-fault.ts";

/** What Xero recommends for one request (xero-documents 1); a kind may want fewer. */
const AT_MOST = 50;

const sizes = new Map<string, number>();

/**
 * How many documents this process sends to an organisation in one call: few at first, twice as many with each answer, and
 * few again when there is none. So little is in doubt while Xero is away.
 */
export function batchSizeOf(connectionId: string, atFirst = 1): number {
  return Math.max(sizes.get(connectionId) ?? 1, atFirst);
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
