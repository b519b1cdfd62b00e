import { saveContacts } from "../store.ts";
import { followMerges } from "./follow-merges.ts";
import { refresher } from "./refresh.ts";

/** Re-reads these contacts from Xero now, and the documents of those that were merged. Throws XeroFault when Xero can't say. */
export const refreshContacts = refresher({
  kind: "contacts",
  ask: (xero, ids) => xero.contactsById(ids),
  idOf: ({ contactId }) => contactId,
  save: saveContacts,
  follow: followMerges,
});
