import { emailAddress } from "#lib/core/text/email.ts";

/** The address by which a person signs in, or null when it is none: in lower case, since nobody minds the case of a name there. */
export function normaliseEmail(typed: string): string | null {
  return emailAddress(typed)?.toLowerCase() ?? null;
}
