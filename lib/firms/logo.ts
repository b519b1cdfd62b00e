const LOGO_MAX_BYTES = 200_000;

/** A small picture as a data: address, its kind told by its first bytes, or why it can't be taken. */
export function readLogo(bytes: Uint8Array): { ok: true; dataUrl: string } | { ok: false; reason: string } {
  if (bytes.length > LOGO_MAX_BYTES)
    return { ok: false, reason: "The picture is over 200 kB. Save it smaller." };
  const type = kindOf(bytes);
  if (!type) return { ok: false, reason: "Use a PNG, JPEG or WebP picture." };
  return { ok: true, dataUrl: `data:${type};base64,${Buffer.from(bytes).toString("base64")}` };
}

function kindOf(bytes: Uint8Array): string | null {
  const latin = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  if (latin.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (latin.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (latin.startsWith("RIFF") && latin.slice(8, 12) === "WEBP") return "image/webp";
  return null;
}
