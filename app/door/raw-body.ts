import "server-only";

/** A webhook larger than this is nobody's. */
const LARGEST_BYTES = 1_048_576;

/** The bytes as they came, for a signature to be checked over them; null when there are too many. */
export async function readBody(request: Request): Promise<Buffer | null> {
  if (!request.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.byteLength;
    if (length > LARGEST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
