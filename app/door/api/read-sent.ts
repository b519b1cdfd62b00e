import { Problem } from "./problems.ts";

/** What was sent, as JSON and as it came; null for nothing. Throws Problem where it is none, or more than may be. */
export async function readSent(
  request: Request,
  mostBytes: number,
): Promise<{ text: string; json: unknown }> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type.trim()))
    throw new Problem(
      "media-type-unsupported",
      type ? `It was sent as “${type.slice(0, 100)}”.` : "It was sent without a Content-Type.",
    );
  const text = decoded(await bytesOf(request, mostBytes));
  try {
    return { text, json: JSON.parse(text) };
  } catch (error) {
    throw new Problem(
      "body-unreadable",
      `The body is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : ""}`,
    );
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("body-unreadable", "The body is not in UTF-8.");
  }
}

async function bytesOf(request: Request, mostBytes: number): Promise<Uint8Array> {
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
