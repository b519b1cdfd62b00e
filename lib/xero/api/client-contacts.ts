import "server-only";
import { readWrittenContact } from "../rows/order-rows.ts";
import { Unreadable } from "../rows/row-parts.ts";
import { answersTo, written } from "../rows/write-answers.ts";
import { textIs } from "./client-orders.ts";
import type { Send } from "./sdk.ts";
import type { XeroApi } from "./xero-api.ts";

/** People and companies that orders name and Xero does not know (xero-documents 6). */
export function contactCalls(tenantId: string, send: Send): Pick<XeroApi, "createContacts" | "findContacts"> {
  return {
    async createContacts(given, idempotencyKey) {
      const summarizeErrors = false;
      const contacts = given.map(({ number, name, email }) => ({
        contactNumber: number,
        name,
        ...(email === null ? {} : { emailAddress: email }),
      }));
      const answer = await send("accounting.contacts", "Contacts", (api) =>
        api.createContacts(tenantId, { contacts }, summarizeErrors, idempotencyKey),
      );
      return answersTo(
        answer,
        given.map(({ number }) => number),
        { keyOf: ({ contactNumber }) => contactNumber, read: written(readWrittenContact) },
      );
    },

    async findContacts(number) {
      const [since, order, ids, page, includeArchived] = [undefined, undefined, undefined, 1, true];
      const where = textIs("ContactNumber", number);
      const answer = await send("accounting.contacts.read", "Contacts", (api) =>
        api.getContacts(tenantId, since, where, order, ids, page, includeArchived),
      );
      const all = answer.all((row) => {
        if (row.contactNumber !== number)
          throw new Unreadable("Xero sent a contact of another number than the one asked for");
        return written(readWrittenContact)(row);
      });
      // Two of one number were seen in a demo company (xero-documents 6): which is ours, nothing tells.
      if (all.length > 1) throw new Unreadable(`Xero sent ${all.length} contacts of one number`);
      return all;
    },
  };
}
