import { hashOf, newToken } from "#lib/core/ids.ts";
import { normaliseEmail } from "./normalise-email.ts";

/**
 * A browser in which people signed in before, as its sealed cookie has it. It opens nothing: it only keeps a stranger's
 * guesses at an account apart from its owner's own tries.
 */
export type Device = {
  id: string;
  /** SHA-256 of the e-mails that signed in there, newest first. */
  accounts: string[];
};

const MOST_ACCOUNTS = 5;

export function hasSignedIn(device: Device | null, email: string): boolean {
  return device?.accounts.includes(hashOf(normaliseEmail(email) ?? "")) ?? false;
}

/** The device with this person's e-mail first; a new one when there was none. */
export function withAccount(device: Device | null, email: string): Device {
  const account = hashOf(normaliseEmail(email) ?? "");
  const others = (device?.accounts ?? []).filter((one) => one !== account);
  return { id: device?.id ?? newToken(), accounts: [account, ...others].slice(0, MOST_ACCOUNTS) };
}
