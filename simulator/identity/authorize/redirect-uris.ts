const MOST = 50;

/** Xero's rule: exact addresses, https everywhere but http on "localhost" (and not on 127.0.0.1), no wildcard. */
function refuseRedirectUri(uri: string): string | null {
  const url = URL.parse(uri);
  if (!url) return `“${uri}” is not an address.`;
  if (uri.includes("*")) return `“${uri}” has a wildcard; Xero takes exact addresses only.`;
  if (url.hash) return `“${uri}” has a fragment.`;
  if (url.protocol === "https:" || (url.protocol === "http:" && url.hostname === "localhost")) return null;
  return `“${uri}” must use https (http is allowed for localhost only).`;
}

export function refuseRedirectUris(uris: string[]): string | null {
  if (uris.length > MOST) return `An app has at most ${MOST} redirect URIs.`;
  return uris.map(refuseRedirectUri).find((reason) => reason !== null) ?? null;
}
