import { accentStyle } from "./accent-rules.ts";

/** Sets the firm's colour for the page around it, readable in light and dark. Draws nothing when the firm has none. */
export function Accent({ nonce, accent }: { nonce: string | undefined; accent: string | null }) {
  return accent ? <style nonce={nonce}>{accentStyle(accent)}</style> : null;
}
