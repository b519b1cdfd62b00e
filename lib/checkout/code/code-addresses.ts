import { createHmac } from "node:crypto";
import { env } from "#lib/core/env.ts";
import { emailAddress } from "#lib/core/text/email.ts";
import type { MirroredContact } from "#lib/mirror/read.ts";
import { maskedAll } from "./mask-rules.ts";

/** An address of a contact to which a code may go: what a page shows of it, and the name by which a form asks for it. */
export type CodeAddress = { key: string; masked: string };

/**
 * The contact's own address and those of its persons, those that Xero includes in e-mails first; each once, and only what a
 * mail server takes.
 */
export function addressesOf(
  contactId: string,
  { email, persons }: Pick<MirroredContact, "email" | "persons">,
): (CodeAddress & { email: string })[] {
  const included = persons.toSorted((a, b) => Number(b.isIncluded) - Number(a.isIncluded));
  const all = [email ?? "", ...included.map((person) => person.email)].flatMap(
    (typed) => emailAddress(typed) ?? [],
  );
  const each = [...new Map(all.toReversed().map((one) => [one.toLowerCase(), one])).values()].toReversed();
  const masks = maskedAll(each);
  return each.map((one, at) => ({ key: keyOf(contactId, one), masked: masks[at] ?? "", email: one }));
}

/** From the key nobody can try out which address it is. */
function keyOf(contactId: string, email: string): string {
  return createHmac("sha256", env().SESSION_SECRET)
    .update(`${contactId} ${email}`)
    .digest("base64url")
    .slice(0, 22);
}
