/** History and notes of a document: what happened to it, and what apps have written beside it. POST is PUT here. */
import { randomUUID } from "node:crypto";
import { appName, fullName, listUsers } from "../../../identity/index.ts";
import { type Folded, text } from "../../body.ts";
import { type Call, type Endpoint, envelope } from "../../call.ts";
import { notFound } from "../../errors.ts";
import { contacts, historyNotes } from "../../store/books.ts";
import { type Kind, versionsOf } from "../../store/rows.ts";
import { bareInstant, instant, type Wire } from "../../wire.ts";
import { demand, writeAll } from "../write.ts";
import { eventsOf, type Version } from "./events.ts";

const families: [name: string, kind: Kind, scope: string, ...others: string[]][] = [
  ["Invoices", "invoice", "accounting.invoices"],
  ["PurchaseOrders", "purchase-order", "accounting.invoices"],
  ["CreditNotes", "credit-note", "accounting.invoices"],
  ["Payments", "payment", "accounting.payments"],
  ["BatchPayments", "batch-payment", "accounting.payments"],
  ["Overpayments", "overpayment", "accounting.payments"],
  ["Prepayments", "prepayment", "accounting.payments"],
  ["BankTransactions", "bank-transaction", "accounting.banktransactions"],
  ["BankTransfers", "bank-transfer", "accounting.banktransactions"],
  ["Contacts", "contact", "accounting.contacts"],
  ["Items", "item", "accounting.invoices", "accounting.settings"],
];

const mostDetails = 2500;
const system = "System Generated";

/** Somebody who works in the organisation: DOC historyandnotes has people's names. */
function person({ world, organisation }: Call): string {
  const user = listUsers(world).find(({ sees }) => sees === organisation.country || sees === "*");
  return user ? fullName(user) : system;
}

export const historyEndpoints: Endpoint[] = families.flatMap(([name, kind, ...scopes]): Endpoint[] => {
  const pattern = `/${name}/:id/History`;
  const write = (call: Call) => addNotes(call, kind);
  return [
    { method: "GET", pattern, scopes, handler: (call) => listHistory(call, kind) },
    { method: "PUT", pattern, scopes, handler: write },
    { method: "POST", pattern, scopes, handler: write },
  ];
});

/** The newest first. */
function listHistory(call: Call, kind: Kind) {
  const id = idOf(call);
  const versions = versionsOf<Version>(call, kind, id);
  if (versions.length === 0) throw notFound();
  const notes = historyNotes.list(call, { where: { text: "party = ?", values: [id] }, order: "seq" });
  const events = eventsOf(versions, {
    nameOf: (contactId) => contacts.get(call, contactId)?.name ?? "",
    app: (clientId) => appName(call.world, clientId),
  });
  const entries = [
    ...events.map(({ writtenBy, ...event }) => ({ ...event, user: writtenBy ? system : person(call) })),
    ...notes.map(({ at, details }) => ({ at, details, changes: "Note", user: system })),
  ];
  entries.sort((one, other) => one.at - other.at).reverse();
  const HistoryRecords = entries.map(({ at, changes, details, user }) => ({
    Changes: changes,
    DateUTCString: textOf(at),
    DateUTC: instant(at),
    User: user,
    Details: details,
  }));
  return envelope(call, { HistoryRecords });
}

function addNotes(call: Call, kind: Kind) {
  return writeAll(call, {
    name: "HistoryRecords",
    idName: "HistoryRecordID",
    write: (body) => addNote(call, kind, body),
  });
}

/** A document that isn't there is a fault of the note, and no 404. */
function addNote(call: Call, kind: Kind, body: Folded): Wire {
  const { world, tenantId } = call;
  const documentId = idOf(call);
  const isThere = versionsOf(call, kind, documentId).length > 0;
  const details = text(body, "Details") ?? "";
  demand([
    ...(isThere ? [] : ["The document with the supplied id was not found for this endpoint."]),
    ...(details ? [] : ["Details must be specified"]),
    ...(details.length > mostDetails ? [`Details must not be more than ${mostDetails} characters`] : []),
  ]);
  const at = world.clock.now();
  historyNotes.put(call, { id: randomUUID(), documentId, at, details, createdBy: call.clientId });
  world.journal.write("xero.history.noted", { tenantId, kind, documentId, details });
  return { DateUTCString: textOf(at), DateUTC: bareInstant(at), Details: details, ValidationErrors: [] };
}

const idOf = ({ params }: Call) => (params.id ?? "").toLowerCase();
const textOf = (ms: number) => new Date(ms).toISOString().slice(0, 19);
