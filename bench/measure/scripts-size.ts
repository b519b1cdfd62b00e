import { get } from "node:http";
import { brotliCompressSync, constants } from "node:zlib";
import { VISITOR } from "./load.ts";

export type ScriptSizes = { files: number; bytes: number; gzipBytes: number; brotliBytes: number };

/**
 * The scripts that a modern browser loads for a page: `<script src>` without `noModule`, and what its chunk list names.
 * Gzip as this server sends it; brotli at quality 11, as a proxy or CDN in front can send it.
 */
export async function scriptSizes(pageUrl: string): Promise<ScriptSizes> {
  const page = await (await fetch(pageUrl, { headers: VISITOR })).text();
  const tags = [...page.matchAll(/<script\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/\bnomodule\b/i.test(tag));
  const named = tags.flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []);
  const listed = [...page.matchAll(/\/_next\/static\/[^"'\\ ]+?\.js/g)].map(([file]) => file);
  const skipped = [...page.matchAll(/<script\b[^>]*\bnomodule\b[^>]*>/gi)].flatMap(
    ([tag]) => /\bsrc="([^"?]+)/.exec(tag)?.[1] ?? [],
  );
  const files = new Set(
    [...named, ...listed].map((file) => file.replace(/\?.*$/, "")).filter((file) => !skipped.includes(file)),
  );

  const sizes: ScriptSizes = { files: 0, bytes: 0, gzipBytes: 0, brotliBytes: 0 };
  for (const file of files) {
    const url = new URL(file, pageUrl);
    const plain = await body(url, "identity");
    sizes.files += 1;
    sizes.bytes += plain.length;
    sizes.gzipBytes += (await body(url, "gzip")).length;
    sizes.brotliBytes += brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
    }).length;
  }
  return sizes;
}

/** What comes over the wire, not unpacked; a server leaves what is tiny as it is. */
function body(url: URL, encoding: string): Promise<Buffer> {
  return new Promise((done, failed) => {
    get(url, { headers: { "accept-encoding": encoding } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        if (answer.statusCode === 200) done(Buffer.concat(chunks));
        else failed(new Error(`${url}: ${answer.statusCode}`));
      });
    }).on("error", failed);
  });
}
