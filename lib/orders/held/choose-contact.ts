import "server-only";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { orderContacts, orders } from "#db/schema/orders.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { enqueue } from "#lib/core/queue/queue.ts";
import { type FirmCaller, type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import { mappingChanged } from "#lib/mapping/jobs.ts";
import { type FoundContact, findContactsLike } from "#lib/mirror/find-contacts.ts";
import { takeContactInstead } from "#lib/posting/order-kinds/after-contact.ts";
import { documentStates } from "#lib/posting/read-documents.ts";
import { requireLive } from "#lib/xero/organisations/connections.ts";
import { matchPerson, type Person, personKey, plainName } from "../plan/party-rules.ts";
import { findOrder, type OrderView, readContent } from "../read.ts";
import { releaseOne } from "./release-held.ts";

/** A person on an order who may be any of several contacts. */
export type UnclearPerson = { key: string; person: Person; detail: string; candidates: FoundContact[] };

/**
 * The persons of an order for whom staff must choose: of a held one those whom several contacts fit, and those whom Xero refused to
 * make, each with the contacts that they may be. Throws `forbidden` to who may not see.
 */
export async function unclearPersons(
  db: Db,
  firm: FirmContext,
  { id, connectionId, faults }: Pick<OrderView, "id" | "connectionId" | "faults">,
): Promise<UnclearPerson[]> {
  requireAbility(firm, "see");
  const unclear = new Set(faults.flatMap(({ code, subject }) => (code === "contact-unclear" ? subject : [])));
  const content = await readContent(db, id);
  const persons = [content?.buyer.person, content?.supplier?.person].filter((person) => person !== undefined);
  const asked = [...new Map(persons.map((person) => [personKey(person), person]))];
  const refused = await refusedPersons(
    db,
    connectionId,
    asked.map(([key]) => key),
  );
  const found = asked.map(async ([key, person]): Promise<UnclearPerson[]> => {
    const why = refused.get(key);
    if (!unclear.has(key) && why === undefined) return [];
    const emails = person.email ? [person.email] : [];
    const alike = await findContactsLike(db, connectionId, { emails, names: [plainName(person.name)] });
    if (why !== undefined)
      return [{ key, person, detail: `This contact was not made: ${why}`, candidates: alike }];
    const match = matchPerson(person, alike);
    return match.kind === "unclear"
      ? [{ key, person, detail: match.detail, candidates: match.candidates }]
      : [];
  });
  return (await Promise.all(found)).flat();
}

/** Why no contact was made of these persons, by their keys: Xero refused to, or staff said that they see to it. */
async function refusedPersons(db: Db, connectionId: string, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ id: orderContacts.id, key: orderContacts.key })
    .from(orderContacts)
    .where(
      and(
        eq(orderContacts.connectionId, connectionId),
        inArray(orderContacts.key, keys),
        isNull(orderContacts.contactId),
      ),
    );
  const states = await documentStates(
    db,
    rows.map(({ id }) => id),
  );
  return new Map(
    rows.flatMap(({ id, key }) => {
      const made = states.get(id);
      const isNotMade = made?.state === "refused" || (made?.state === "by_hand" && made.xeroId === null);
      return isNotMade ? [[key, made.message ?? ""] as const] : [];
    }),
  );
}

export type Choice = { orderId: string; key: string; contactId: string };

/**
 * A person says which contact it is that a held order names. From now on all orders of who goes by that name or e-mail are
 * theirs; what waits for it is released, this order at once. True when this one is. Throws `not_found` for an order that is not
 * this firm's, `conflict` when the contact does not fit any more.
 */
export async function chooseContact(
  db: Db,
  caller: FirmCaller,
  { orderId, key, contactId }: Choice,
): Promise<boolean> {
  const { firm, actor } = caller;
  requireAbility(firm, "act");
  const order = await findOrder(db, { firmId: firm.firmId }, orderId);
  if (!order) throw new AppError("not_found", "There is no such order.");
  const { firmId, connectionId } = order;
  await requireLive(db, firm, connectionId);
  const unclear = (await unclearPersons(db, firm, order)).find((one) => one.key === key);
  const chosen = unclear?.candidates.find((one) => one.contactId === contactId);
  if (!unclear || !chosen)
    throw new AppError("conflict", "This contact does not fit any more: look at the order again.");
  const { name, email = null } = unclear.person;
  await db.transaction(async (tx) => {
    const [kept] = await tx
      .insert(orderContacts)
      .values({ firmId, connectionId, key, name: plainName(name), email, contactId })
      .onConflictDoUpdate({
        target: [orderContacts.connectionId, orderContacts.key],
        set: { contactId },
      })
      .returning({ id: orderContacts.id });
    const note = `${actor.name} chose the contact ${chosen.name}.`;
    await takeContactInstead(tx, { firmId, sourceId: kept?.id ?? "", contactId, note });
    await tx
      .update(orders)
      .set({ changedAt: sql`now()` })
      .where(and(eq(orders.id, orderId), eq(orders.firmId, firmId)));
    await recordBy(tx, caller, {
      action: "order.contact-chosen",
      subject: `order:${orderId}`,
      detail: { contactId, contact: chosen.name },
    });
    await enqueue(tx, mappingChanged, { connectionId });
  });
  const isReleased = await releaseOne(db, { connectionId, orderId, actor: `user:${actor.userId}` });
  return isReleased || order.faults.length === 0;
}
