/** Test only: what a reader sees on each page of a PDF that pdfkit wrote, by its fonts' own maps back to letters. */
import { inflateSync } from "node:zlib";

export function pdfPages(pdf: Buffer): string[] {
  const objects = new Map<string, { head: string; stream: string }>();
  const raw = pdf.toString("latin1");
  for (const [, id = "", body = ""] of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [head = ""] = body.split("stream\n", 1);
    // By its length: the last byte of what is deflated may itself be a line's end.
    const from = head.length + "stream\n".length;
    const data = body.slice(from, from + Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0));
    const bytes = Buffer.from(data, "latin1");
    const inflated = head.includes("FlateDecode") ? inflateSync(bytes).toString("latin1") : data;
    objects.set(id, { head, stream: inflated });
  }
  const at = (id: string | undefined) => objects.get(id ?? "") ?? { head: "", stream: "" };
  const refIn = (head: string, name: string) => new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1];
  const lettersOf = (fontId: string) => mapIn(at(refIn(at(fontId).head, "ToUnicode")).stream);

  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  return pages.map(({ head }) => {
    const resources = at(refIn(head, "Resources")).head;
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", id = ""]) => [name, lettersOf(id)]),
    );
    return textIn(at(refIn(head, "Contents")).stream, fonts);
  });
}

function textIn(content: string, fonts: Map<string, Map<string, string>>): string {
  let letters = new Map<string, string>();
  let text = "";
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font) letters = fonts.get(font) ?? new Map();
    else
      for (const [, hex = ""] of (shown ?? "").matchAll(/<([0-9a-f]+)>/gi))
        text += (hex.match(/.{4}/g) ?? []).map((glyph) => letters.get(glyph.toLowerCase()) ?? "?").join("");
    if (!font) text += "\n";
  }
  return text;
}

/** pdfkit writes one range from glyph 0 on: <0000> <00ff> [<0000> <0041> …]. */
function mapIn(cmap: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, from = "0", list = ""] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    const codes = [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, code = ""]) => code.replaceAll(" ", ""));
    for (const [at, code] of codes.entries()) {
      const glyph = (Number.parseInt(from, 16) + at).toString(16).padStart(4, "0");
      map.set(glyph, Buffer.from(code, "hex").swap16().toString("utf16le"));
    }
  }
  return map;
}
