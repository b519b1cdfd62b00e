import { z } from "zod";
import type { DocumentKind } from "../kinds/kind.ts";
import { fillContact } from "./after-contact.ts";
import { whole } from "./whole.ts";

/** What a new contact says. */
export const contactBody = z.strictObject({
  /** Xero takes no angle brackets, nor spaces that its screen would not show (xero-documents 6). */
  name: z
    .string()
    .max(255)
    .regex(/^(?!.* {2})[^\s<>]([^<>]*[^\s<>])?$/),
  email: z.string().max(255).nullable(),
  /** The posting's reference: it is found again by that, and people don't see it in Xero. */
  contactNumber: z.string().min(1).max(50),
});
export type ContactBody = z.infer<typeof contactBody>;

/** Whoever bought, where Xero does not know them: what is sold to them goes after it. */
export const contact: DocumentKind = {
  words: "New contact",
  refusals: [
    { cause: "contact_name", says: /\bcontact name\b.*already assigned to another contact/i },
    { cause: "contact_email", says: /email address must be valid/i },
    { cause: "number_taken", says: /contact number .* must be unique/i },
  ],
  ...whole({
    body: contactBody,
    rowOf: (_, { contactNumber: number, name, email }) => ({ number, name, email }),
    keyOf: ({ number }) => number,
    create: (xero) => xero.createContacts,
    find: (xero, { contactNumber }) => xero.findContacts(contactNumber),
    // A ContactNumber is one contact's, also an archived one's (xero-documents 6).
    isTakenOnce: () => true,
  }),
  follow: (tx, posting, { xeroId }) => fillContact(tx, posting.id, xeroId),
};
