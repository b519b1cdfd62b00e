/** Class of a text that may break anywhere, where a word of it is so long that a table would grow wider than the page. */
export const longText = (text: string) => (/\S{31}/.test(text) ? "wrap-anywhere" : "");
