import { and, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { orderAttachments, orderContacts, orderRevisions, orders } from "#db/schema/orders.ts";
import { eraseAnswers } from "#lib/api-keys/erase-answers.ts";
import { eraseFacts } from "#lib/audit/erase.ts";
import type { Db } from "#lib/core/db.ts";
import { eraseContactBodies } from "#lib/posting/erase-contact.ts";
import { eraseFiles } from "#lib/posting/let-files-go.ts";
import { contactPosting } from "#lib/posting/read-documents.ts";
import { readOrders } from "./read.ts";
import { eraseUploads } from "./upload/uploads.ts";

const ERASED = "Erased";

/**
 * Erases who bought, or sold, under this e-mail from a firm's orders: name and e-mail as they were sent, as staff read them, and as
 * their senders were answered; a file of orders that names it goes whole.
 * What was sold, the amounts, the days and the ids in Xero stay for the books, and the same order sent again is still the same.
 * `orders`: erased; `waiting`: left, since they may still be written.
 */
export async function eraseBuyer(
  tx: Db,
  firmId: string,
  email: string,
): Promise<{ orders: number; waiting: number }> {
  await eraseUploads(tx, firmId, email);
  const rows = await tx
    .selectDistinct({ id: orders.id })
    .from(orders)
    .innerJoin(orderRevisions, eq(orderRevisions.orderId, orders.id))
    .where(and(eq(orders.firmId, firmId), or(isParty("buyer", email), isParty("supplier", email))));
  const views = await readOrders(
    tx,
    firmId,
    rows.map(({ id }) => id),
  );
  const all = [...views.values()];
  const ids = all.filter(({ state }) => state === "written" || state === "cancelled").map(({ id }) => id);
  await eraseAnswers(tx, firmId, { names: await namesOf(tx, ids, email), email });
  for (const party of ["buyer", "supplier"] as const) await eraseSent(tx, ids, { party, email });
  await eraseFacts(tx, firmId, {
    subjects: ids.map((id) => `order:${id}`),
    action: "order.contact-chosen",
  });
  await eraseFilesOf(tx, firmId, ids);
  const waiting = all.length - ids.length;
  if (waiting === 0) await eraseContacts(tx, firmId, email);
  return { orders: ids.length, waiting };
}

function isParty(party: "buyer" | "supplier", email: string): SQL {
  return sql`lower(${orderRevisions.content} #>> array[${party}, 'person', 'email']::text[]) = lower(${email})`;
}

/** What those of these orders who have this e-mail are called there, and in Xero. */
async function namesOf(tx: Db, ids: string[], email: string): Promise<string[]> {
  if (ids.length === 0) return [];
  const { content } = orderRevisions;
  const nameOf = (party: "buyer" | "supplier") =>
    sql<
      string | null
    >`case when ${isParty(party, email)} then ${content} #>> array[${party}, 'person', 'name']::text[] end`;
  const rows = await tx
    .select({
      bought: nameOf("buyer"),
      sold: nameOf("supplier"),
      shown: sql<string | null>`case when ${isParty("buyer", email)} then ${orders.buyer} end`,
    })
    .from(orderRevisions)
    .innerJoin(orders, eq(orders.id, orderRevisions.orderId))
    .where(inArray(orders.id, ids));
  return [...new Set(rows.flatMap((row) => Object.values(row)).filter((name) => name !== null))];
}

async function eraseSent(
  tx: Db,
  ids: string[],
  { party, email }: { party: "buyer" | "supplier"; email: string },
): Promise<void> {
  if (ids.length === 0) return;
  const erased = await tx
    .update(orderRevisions)
    .set({
      content: sql`jsonb_set(${orderRevisions.content}, array[${party}, 'person']::text[], ${JSON.stringify({ name: ERASED })}::jsonb)`,
    })
    .where(and(inArray(orderRevisions.orderId, ids), isParty(party, email)))
    .returning({ orderId: orderRevisions.orderId });
  const bought = party === "buyer" ? erased.map(({ orderId }) => orderId) : [];
  if (bought.length > 0) await tx.update(orders).set({ buyer: ERASED }).where(inArray(orders.id, bought));
}

/** What came with these orders; Xero has what went there. */
async function eraseFilesOf(tx: Db, firmId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const { id: sourceId, fileId } = orderAttachments;
  const files = await tx
    .select({ sourceId, fileId })
    .from(orderAttachments)
    .where(inArray(orderAttachments.orderId, ids));
  await eraseFiles(tx, firmId, files);
  await tx
    .update(orderAttachments)
    .set({ fileName: sql`${orderAttachments.id} || '.pdf'` })
    .where(inArray(orderAttachments.orderId, ids));
  const subjects = ids.map((id) => `order:${id}`);
  await eraseFacts(tx, firmId, { subjects, action: "order.file-attached" });
}

/** Those that Xero has, or that staff chose: a later order of the same person finds the contact in Xero by its e-mail. */
async function eraseContacts(tx: Db, firmId: string, email: string): Promise<void> {
  const contacts = await tx
    .select({ id: orderContacts.id })
    .from(orderContacts)
    .where(
      and(
        eq(orderContacts.firmId, firmId),
        isNotNull(orderContacts.email),
        sql`lower(${orderContacts.email}) = lower(${email})`,
      ),
    );
  const made = await eraseContactBodies(
    tx,
    firmId,
    contacts.map(({ id }) => id),
  );
  for (const { id } of contacts) {
    if (!made.includes(id) && (await contactPosting(tx, id))) continue;
    await tx
      .update(orderContacts)
      .set({ key: `erased:${id}`, name: ERASED, email: null })
      .where(eq(orderContacts.id, id));
  }
}
