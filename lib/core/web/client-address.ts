import "server-only";
import { isIP } from "node:net";
import { env } from "../env.ts";

/**
 * The client's address, or null when it can't be known. Each trusted proxy adds the address that called it to the right
 * end of X-Forwarded-For, so with N of them the Nth from the right is the client's; what stands left of it the client
 * may have written itself. With no proxy in front nothing in the header can be believed.
 */
export function clientAddress(headers: Headers, hops = env().TRUSTED_PROXY_HOPS): string | null {
  if (hops === 0) return null;
  const chain = (headers.get("x-forwarded-for") ?? "").split(",");
  const address = bare((chain.at(-hops) ?? "").trim());
  return isIP(address) ? address : null;
}

/** What limits count by: an IPv4 address, or a whole IPv6 /64, for one household has 2^64 of those. */
export function bucketOf(address: string | null): string {
  if (address === null) return "unknown";
  if (isIP(address) !== 6) return address;
  const groups = expand(address);
  const embedded = /^(0:){5}ffff:/.test(groups.slice(0, 6).concat("").join(":"));
  if (embedded) return groups.slice(6).flatMap(bytesOf).join(".");
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** "[2001:db8::1]:443" and "192.0.2.1:50122" without brackets and port; a zone ("%eth0") goes too. */
function bare(entry: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(entry)?.[1];
  const address = bracketed ?? entry.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return address.replace(/%.*$/, "");
}

/** The eight groups of a valid IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = "", tail] = hex.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(gap).fill("0"), ...right].map((group) =>
    Number.parseInt(group, 16).toString(16),
  );
}

function bytesOf(group: string): number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}
