import { hashOf } from "#lib/core/ids.ts";
import { Problem } from "./problems.ts";

/** What was sent: as it is looked at, and as a text that tells it from all else and may be kept. */
export type Sent = { value: unknown; text: string };

/** JSON. Throws Problem where it is none, or more than may be. */
export async function readSent(request: Request, mostBytes: number): Promise<Sent> {
  requireType(request, /^application\/(?:[\w.-]+\+)?json$/);
  const text = decoded(await bytesOf(request, mostBytes));
  try {
    return { text, value: JSON.parse(text) };
  } catch (error) {
    throw new Problem(
      "body-unreadable",
      `The body is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : ""}`,
    );
  }
}

/** The bytes of a file; of its text is kept what it was, and not what was in it. Throws Problem as `readSent` does. */
export async function readFile(
  request: Request,
  { mediaType, mostBytes }: { mediaType: string; mostBytes: number },
): Promise<Sent> {
  requireType(request, new RegExp(`^${mediaType}$`));
  const bytes = await bytesOf(request, mostBytes);
  return {
    value: bytes,
    text: JSON.stringify({ mediaType, bytes: bytes.byteLength, sha256: hashOf(bytes) }),
  };
}

function requireType(request: Request, wanted: RegExp): void {
  const type = request.headers.get("content-type") ?? "";
  if (wanted.test(type.split(";", 1)[0]?.trim().toLowerCase() ?? "")) return;
  throw new Problem(
    "media-type-unsupported",
    type ? `It was sent as “${type.slice(0, 100)}”.` : "It was sent without a Content-Type.",
  );
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("body-unreadable", "The body is not in UTF-8.");
  }
}

async function bytesOf(request: Request, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes)
      throw new Problem("body-too-large", `At most ${Math.floor(mostBytes / 1024)} kB are taken at once.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
