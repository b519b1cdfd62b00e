import { sql } from "drizzle-orm";
import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";
import { firms } from "./firms.ts";

/** A letter that was promised. The key keeps one promise from becoming two letters. */
export const letters = pgTable(
  "letters",
  {
    id: id(),
    firmId: uuid().references(() => firms.id),
    kind: text({
      enum: ["receipt", "code", "alert", "debit-failed", "refund", "surplus", "password-link"],
    }).notNull(),
    /** What it is about, e.g. the capture's id. */
    subjectKey: text().notNull(),
    recipient: text().notNull(),
    createdAt: at().notNull().defaultNow(),
    sentAt: at(),
    /** When a person said that it need not be sent any more. */
    endedAt: at(),
  },
  (t) => [
    unique("letters_once").on(t.kind, t.subjectKey, t.recipient),
    index("letters_of_firm").on(t.firmId),
    index("letters_unsent").on(t.createdAt).where(sql`${t.sentAt} is null and ${t.endedAt} is null`),
  ],
);
