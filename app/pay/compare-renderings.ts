/**
 * Where two documents first say different things, a few words of each; null when they say the same. Left out is what only Next
 * needs: its scripts, nonces, comments and marks. Of the head it is what a browser reads that must be the same: title and meta.
 */
export function differenceOf(one: string, other: string): { one: string; other: string } | null {
  const [first, second] = [essenceOf(one), essenceOf(other)];
  const at = first.findIndex((part, index) => part !== second[index]);
  if (at === -1 && first.length === second.length) return null;
  const from = Math.max(0, at === -1 ? Math.min(first.length, second.length) : at);
  return { one: first.slice(from, from + 3).join(""), other: second.slice(from, from + 3).join("") };
}

/** The document in pieces, a tag or a text each. */
function essenceOf(html: string): string[] {
  const plain = html
    .replace(/<!--.*?-->/gs, "")
    .replace(/ nonce="[^"]*"/g, "")
    .replace(/<script\b[^>]*>.*?<\/script>/gs, (script) => (isOfNext(script) ? "" : script))
    .replace(/<template\b[^>]*><\/template>|<div hidden=""><\/div>/g, "");
  const heads = plain.match(/<title>.*?<\/title>|<meta\b[^>]*>/gs) ?? [];
  const [, body = ""] = /<body[^>]*>(.*)<\/body>/s.exec(plain) ?? [];
  return [
    ...heads.filter((tag) => !tag.includes('name="next-')).sort(),
    ...body.replace(/<meta\b[^>]*>/g, "").split(/(?=<)|(?<=>)/),
  ];
}

function isOfNext(script: string): boolean {
  return /^<script\s|^<script>(self\.__next|\(self|\$R|requestAnimationFrame)/.test(script);
}
