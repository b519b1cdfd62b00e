import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { orderContacts } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { findLinked } from "#lib/external-ids/find-linked.ts";
import { type FoundContact, findContacts, findContactsLike } from "#lib/mirror/find-contacts.ts";
import { type OrderFaultCode, orderFault } from "../faults.ts";
import type { ReadableOrder } from "../order-body.ts";
import { matchPerson, type Person, personKey, plainName } from "./party-rules.ts";
import type { Part, Party } from "./plan.ts";

/** A buyer or supplier of an order, and where it stands in what was sent. */
export type Asked = { source: string | undefined; sent: ReadableOrder["buyer"]; pointer: string };

/**
 * Who these are in Xero, in the order in which they are asked for, from the mirror alone: by Xero's id, by their own system's id,
 * the cash customer, or a person by what staff chose, by e-mail, by name. One that can't be read is neither planned nor faulty.
 */
export async function findParties(
  db: Db,
  connectionId: string,
  { asked, cashContactId }: { asked: Asked[]; cashContactId: string | null },
): Promise<Part<Party>[]> {
  const links = await linksOf(db, connectionId, asked);
  const persons = asked.flatMap(({ sent }) => personIn(sent) ?? []);
  const chosen = await chosenFor(db, connectionId, persons.map(personKey));
  const ids = [
    ...asked.flatMap(({ sent }) => sent?.contactId?.toLowerCase() ?? []),
    ...links.values(),
    ...chosen.values(),
    ...(cashContactId ? [cashContactId] : []),
  ];
  const byId = await findContacts(db, connectionId, [...new Set(ids)]);
  const alike = await findContactsLike(db, connectionId, {
    emails: persons.flatMap(({ email }) => email ?? []),
    names: persons.map(({ name }) => plainName(name)),
  });

  return asked.map(({ source, sent, pointer }): Part<Party> => {
    const byItsId = (field: string, contactId: string | undefined, unknown: string) =>
      ofContact(contactId === undefined ? undefined : byId.get(contactId), {
        pointer: `${pointer}/${field}`,
        unknown,
      });
    if (sent?.contactId !== undefined)
      return byItsId("contactId", sent.contactId.toLowerCase(), `There is no contact ${sent.contactId}.`);
    if (sent?.externalId !== undefined) {
      const unknown = `“${sent.externalId}” of ${source} is linked to no contact.`;
      return byItsId("externalId", links.get(linkKey(source, sent.externalId)), unknown);
    }
    if (sent?.cash) {
      if (cashContactId) return byItsId("cash", cashContactId, "The cash customer is no longer in Xero.");
      return faulty("cash-customer-unset", `${pointer}/cash`, "No contact is chosen for cash sales.", "cash");
    }
    const person = personIn(sent);
    if (!person) return { planned: null, faults: [] };
    const chosenId = chosen.get(personKey(person));
    if (chosenId)
      return byItsId("person", chosenId, "The contact that was chosen for this person is no longer in Xero.");
    return ofPerson(person, { alike, pointer: `${pointer}/person` });
  });
}

function personIn(sent: Asked["sent"]): Person | null {
  const { name, email } = sent?.person ?? {};
  return name === undefined ? null : { name, email };
}

function ofPerson(
  person: Person,
  { alike, pointer }: { alike: FoundContact[]; pointer: string },
): Part<Party> {
  const match = matchPerson(person, alike);
  if (match.kind === "found") return ofContact(match.contact, { pointer, unknown: "" });
  if (match.kind === "unclear") return faulty("contact-unclear", pointer, match.detail, personKey(person));
  const email = person.email ?? null;
  return {
    planned: { kind: "new", key: personKey(person), name: plainName(person.name), email },
    faults: [],
  };
}

function ofContact(
  contact: FoundContact | undefined,
  { pointer, unknown }: { pointer: string; unknown: string },
): Part<Party> {
  if (!contact) return faulty("contact-unknown", pointer, unknown);
  const { contactId, name, isActive } = contact;
  if (!isActive) return faulty("contact-archived", pointer, `${name} is archived in Xero.`, contactId);
  return { planned: { kind: "contact", contactId, name }, faults: [] };
}

function faulty(
  code: OrderFaultCode,
  pointer: string,
  detail: string,
  subject: string | null = null,
): Part<Party> {
  return { planned: null, faults: [orderFault(code, { pointer, subject, detail })] };
}

const linkKey = (source: string | undefined, theirId: string) => `${source?.toLowerCase()}\n${theirId}`;

async function linksOf(db: Db, connectionId: string, asked: Asked[]): Promise<Map<string, string>> {
  const linked = asked.flatMap(({ source, sent }) =>
    source && sent?.externalId ? [{ source, theirId: sent.externalId }] : [],
  );
  const found = new Map<string, string>();
  for (const [system, ofIt] of Map.groupBy(linked, ({ source }) => source.toLowerCase())) {
    const theirIds = [...new Set(ofIt.map(({ theirId }) => theirId))];
    for (const [theirId, xeroId] of await findLinked(db, connectionId, { system, kind: "contact", theirIds }))
      found.set(linkKey(system, theirId), xeroId);
  }
  return found;
}

/** The contacts that staff chose for persons, by their keys. */
async function chosenFor(db: Db, connectionId: string, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ key: orderContacts.key, contactId: orderContacts.contactId })
    .from(orderContacts)
    .where(
      and(
        eq(orderContacts.connectionId, connectionId),
        inArray(orderContacts.key, [...new Set(keys)]),
        isNotNull(orderContacts.contactId),
      ),
    );
  return new Map(rows.flatMap(({ key, contactId }) => (contactId ? [[key, contactId] as const] : [])));
}
