/** What evidence-pdf.ts uses of pdfkit 0.20, which brings no types; those of DefinitelyTyped are of 0.17. */
declare module "pdfkit" {
  import type { Readable } from "node:stream";

  type TextOptions = {
    width?: number;
    align?: "left" | "right";
    lineBreak?: boolean;
    features?: string[];
  };

  class PDFDocument extends Readable {
    constructor(options: {
      size: "A4";
      margins: { top: number; bottom: number; left: number; right: number };
      bufferPages: boolean;
      font: string;
      lang: string;
      info: { Title: string; Author: string; CreationDate: Date };
    });
    x: number;
    y: number;
    page: {
      width: number;
      height: number;
      margins: { top: number; bottom: number; left: number; right: number };
    };
    registerFont(name: string, file: string): this;
    font(name: string): this;
    fontSize(size: number): this;
    fillColor(color: string): this;
    text(text: string, x?: number, y?: number, options?: TextOptions): this;
    heightOfString(text: string, options?: TextOptions): number;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    lineWidth(width: number): this;
    stroke(color: string): this;
    addPage(): this;
    bufferedPageRange(): { start: number; count: number };
    switchToPage(page: number): this;
    end(): this;
  }

  // biome-ignore lint/style/noDefaultExport: it is pdfkit's own
  export default PDFDocument;
}
