import type { FoundContact } from "#lib/mirror/find-contacts.ts";

export type Person = { name: string; email?: string | undefined };

/** What we know a person by: the e-mail address, or the name where there is none. */
export function personKey({ name, email }: Person): string {
  return email ? `email:${email.toLowerCase()}` : `name:${plainName(name).toLowerCase()}`;
}

/** As Xero takes a name: no blanks at its ends, single ones between (xero-documents 6). */
export function plainName(name: string): string {
  return name.trim().replace(/\s+/g, " ");
}

export type Match =
  | { kind: "found"; contact: FoundContact }
  | { kind: "none" }
  | { kind: "unclear"; detail: string; candidates: FoundContact[] };

/**
 * Which of an organisation's active contacts a person is: the one that has the e-mail; else the one that has the name, when
 * nothing contradicts it. Several, or one of the name with another e-mail, is for a person to tell.
 */
export function matchPerson(person: Person, contacts: FoundContact[]): Match {
  const name = plainName(person.name).toLowerCase();
  const email = person.email?.toLowerCase();
  const byEmail = email === undefined ? [] : contacts.filter((one) => one.email?.toLowerCase() === email);
  const byName = contacts.filter((one) => plainName(one.name).toLowerCase() === name);
  if (byEmail.length > 1)
    return {
      kind: "unclear",
      detail: `${byEmail.length} contacts have the e-mail ${person.email}.`,
      candidates: byEmail,
    };
  const [one] = byEmail;
  if (one) return { kind: "found", contact: one };
  if (byName.length > 1)
    return {
      kind: "unclear",
      detail: `${byName.length} contacts are named ${person.name}.`,
      candidates: byName,
    };
  const [named] = byName;
  if (!named) return { kind: "none" };
  if (email !== undefined && named.email)
    return { kind: "unclear", detail: `The contact ${named.name} has another e-mail.`, candidates: byName };
  return { kind: "found", contact: named };
}
