import "server-only";
import { AppError } from "#lib/core/errors.ts";

/** A webhook larger than this is nobody's. */
export const LARGEST_WEBHOOK = 1_048_576;

/** The plain forms that handlers take are small; anything larger is none of ours. */
const LARGEST_FORM = 16_384;

/** Senders have it ready: whoever takes longer holds a place that others need. */
const PATIENCE_MS = 5_000;

/**
 * The bytes as they came, for a signature to be checked over them; null when there are more than `most` or they take over
 * five seconds. The one way in which a handler reads a body: nobody makes it hold more.
 */
export async function readBody(request: Request, most: number): Promise<Buffer<ArrayBuffer> | null> {
  if (!request.body) return Buffer.alloc(0);
  const reader = request.body.getReader();
  const cut = setTimeout(() => void reader.cancel().catch(() => {}), PATIENCE_MS);
  const began = performance.now();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.byteLength;
      if (length > most) {
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

/** A plain form's fields. Throws `too_large` for one of more than 16 kB, `invalid` for what is no form. */
export async function readForm(request: Request): Promise<FormData> {
  const body = await readFormBody(request);
  const type = request.headers.get("content-type") ?? "";
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw new AppError("invalid", "That was no form.", { cause });
  }
}

/** A plain form's bytes. Throws `too_large` when there are more than 16 kB, or they take too long. */
export async function readFormBody(request: Request): Promise<Buffer<ArrayBuffer>> {
  const body = await readBody(request, LARGEST_FORM);
  if (!body) throw new AppError("too_large", "That form is too large. Nothing was done.");
  return body;
}
