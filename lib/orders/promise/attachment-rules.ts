/** The largest file, in bytes: Xero takes 10 MB (xero-documents 11). */
export const LARGEST_FILE = 10 * 1024 * 1024;

/** So many on one invoice, says Xero (xero-documents 11). */
export const MOST_FILES = 10;

export const PDF = "application/pdf";

/**
 * Why a file can't go on an invoice, in a sentence; null when it can. Xero refuses some characters in a name, and fails at one
 * that ends in a blank (xero-documents 11).
 */
export function fileFault(fileName: string, content: Uint8Array): string | null {
  if (fileName.length > 200) return "Its name is longer than 200 characters.";
  if (!/^[^<>:"/\\|?*+\p{C}]+$/u.test(fileName) || fileName !== fileName.trim())
    return "Its name has one of < > : \" / \\ | ? * + or a character that can't be shown, or a blank at an end.";
  if (!/\.pdf$/i.test(fileName)) return "Its name does not end in .pdf.";
  // ISO 32000-1, 7.5.2: the header may stand within the first 1024 bytes.
  if (!Buffer.from(content.subarray(0, 1024)).includes("%PDF-")) return "It is no PDF.";
  return null;
}
