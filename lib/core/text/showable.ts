// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

export const NOT_SHOWABLE = "This holds characters that can't be shown.";

/** Whether a text has no control characters (PostgreSQL takes no NUL) and no marks that turn the reading order. */
export function isShowable(text: string): boolean {
  return text.search(CONTROL) < 0;
}

/** The text without them. */
export function showable(text: string): string {
  return text.replace(CONTROL, "");
}
