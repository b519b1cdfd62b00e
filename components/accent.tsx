import { accentPair } from "./accent-rules.ts";

/** Sets the firm's colour for the page around it, readable in light and dark. Draws nothing when the firm has none. */
export function Accent({ nonce, accent }: { nonce: string | undefined; accent: string | null }) {
  if (!accent) return null;
  const { light, dark } = accentPair(accent);
  return (
    <style nonce={nonce}>
      {`:root{--accent:${light}}@media screen and (prefers-color-scheme:dark){:root{--accent:${dark}}}`}
    </style>
  );
}
