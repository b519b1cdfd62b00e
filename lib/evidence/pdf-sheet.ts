import path from "node:path";
import PDFDocument from "pdfkit";

const MARGIN = 56;
const INK = "#1d1c18";
const MUTED = "#5d5a51";
const LINE = "#c9c4b5";

/** Beside this file in the source; the built server has its own copy of the folder (next.config.ts). */
const FONTS = path.join(process.cwd(), "lib", "evidence", "fonts");

export type Sheet = ReturnType<typeof openSheet>;

type Cell = { text: string; note?: string | undefined; right?: boolean };

/** A4 pages that are written from the top down, for print: black on white, what belongs together stays on one page. */
export function openSheet(title: string, { author, at }: { author: string; at: Date }) {
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: MARGIN + 16, left: MARGIN, right: MARGIN },
    bufferPages: true,
    font: path.join(FONTS, "counterfoil-print-regular.ttf"),
    lang: "en",
    info: { Title: title, Author: author, CreationDate: at },
  });
  doc.registerFont("regular", path.join(FONTS, "counterfoil-print-regular.ttf"));
  doc.registerFont("bold", path.join(FONTS, "counterfoil-print-semibold.ttf"));
  const width = doc.page.width - 2 * MARGIN;
  const bottom = doc.page.height - doc.page.margins.bottom;

  const set = (size: number, { font = "regular", color = INK } = {}) =>
    doc.font(font).fontSize(size).fillColor(color);
  const rule = () =>
    doc
      .moveTo(MARGIN, doc.y)
      .lineTo(MARGIN + width, doc.y)
      .lineWidth(0.5)
      .stroke(LINE);
  /** A new page unless so much is left on this one. */
  const need = (height: number) => {
    if (doc.y + height > bottom) doc.addPage();
  };

  function heading(text: string): void {
    need(72);
    doc.y += 16;
    set(13, { font: "bold" }).text(text, MARGIN, doc.y, { width });
    doc.y += 4;
  }

  function prose(text: string, size = 10): void {
    set(size).text(text, MARGIN, doc.y, { width });
  }

  function heightOf(cells: Cell[], widths: number[]): number {
    const heights = cells.map(({ text, note }, at) => {
      const inside = { width: (widths[at] ?? 0) - 8 };
      const noted = note ? set(8).heightOfString(note, inside) : 0;
      return set(10).heightOfString(text, inside) + noted;
    });
    return Math.max(...heights) + 8;
  }

  function row(cells: Cell[], widths: number[], font: string): void {
    const top = doc.y + 4;
    let x = MARGIN;
    for (const [at, { text, note, right }] of cells.entries()) {
      const inside = { width: (widths[at] ?? 0) - 8, align: right ? "right" : "left" } as const;
      set(10, { font }).text(text, x, top, inside);
      if (note) set(8, { color: MUTED }).text(note, x, doc.y, inside);
      x += widths[at] ?? 0;
    }
  }

  /** Rows with a line under each; a row is never cut, and the head stands again on each page. `shares` of the width add up to 1. */
  function table(head: string[] | null, rows: Cell[][], shares: number[]): void {
    const widths = shares.map((share) => share * width);
    const titles = head?.map((text, at) => ({ text, right: rows[0]?.[at]?.right ?? false }));
    const write = (cells: Cell[], font: string) => {
      const height = heightOf(cells, widths);
      const y = doc.y;
      row(cells, widths, font);
      doc.y = y + height;
      rule();
    };
    const begin = () => (titles ? write(titles, "bold") : rule());
    need(64);
    begin();
    for (const cells of rows) {
      if (doc.y + heightOf(cells, widths) > bottom) {
        doc.addPage();
        begin();
      }
      write(cells, "regular");
    }
    doc.y += 4;
  }

  function hero(text: string, under: string): void {
    set(20, { font: "bold" }).text(text, MARGIN, doc.y, { width });
    set(10, { color: MUTED }).text(under, MARGIN, doc.y + 2, { width });
    doc.y += 8;
  }

  /** The file, with `foot` and the page's number at the end of each page. */
  async function close(foot: string): Promise<Buffer> {
    const { count } = doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      doc.switchToPage(page);
      // Below the margin, where text would else begin a new page.
      doc.page.margins.bottom = 0;
      const y = doc.page.height - MARGIN;
      set(8, { color: MUTED }).text(foot, MARGIN, y, { width: width - 60, lineBreak: false });
      doc.text(`${page + 1} of ${count}`, MARGIN + width - 60, y, {
        width: 60,
        align: "right",
        lineBreak: false,
      });
    }
    doc.end();
    const pieces: Buffer[] = [];
    for await (const piece of doc) pieces.push(piece as Buffer);
    return Buffer.concat(pieces);
  }

  return { heading, prose, table, hero, close };
}
