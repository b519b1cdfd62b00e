/** "jane@mail.example.com" → "j•••@m•••.com": as much as its owner needs to know it, and as little as others can use. */
export function masked(email: string): string {
  const at = email.lastIndexOf("@");
  const [first = "", ...labels] = email.slice(at + 1).split(".");
  return `${email.slice(0, 1)}•••@${first.slice(0, 1)}•••.${labels.at(-1) ?? ""}`;
}

/** Each address masked; those that look alike are numbered. */
export function maskedAll(emails: string[]): string[] {
  const masks = emails.map(masked);
  return masks.map((mask, at) => {
    if (masks.filter((one) => one === mask).length === 1) return mask;
    return `${mask} (${masks.slice(0, at + 1).filter((one) => one === mask).length})`;
  });
}
