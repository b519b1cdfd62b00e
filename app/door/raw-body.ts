import "server-only";

/** A webhook larger than this is nobody's. */
const LARGEST_BYTES = 1_048_576;

/** Senders have it ready: whoever takes longer holds a place that others need. */
const PATIENCE_MS = 5_000;

/** The bytes as they came, for a signature to be checked over them; null when they are too many or take too long. */
export async function readBody(request: Request): Promise<Buffer | null> {
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const cut = setTimeout(() => void reader.cancel().catch(() => {}), PATIENCE_MS);
  const began = performance.now();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.byteLength;
      if (length > LARGEST_BYTES) {
        void reader.cancel().catch(() => {});
        return null;
      }
      parts.push(part.value);
    }
    return performance.now() - began < PATIENCE_MS ? Buffer.concat(parts) : null;
  } finally {
    clearTimeout(cut);
  }
}
