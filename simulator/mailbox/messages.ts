import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";

export type Message = {
  id: number;
  at: string;
  /** From the envelope, as the server was told. */
  from: string;
  to: string[];
  subject: string;
  text: string | null;
  html: string | null;
  headers: { name: string; value: string }[];
  attachments: { name: string; type: string; bytes: number }[];
};

export function insertMessage(world: World, message: Omit<Message, "id" | "at">): number {
  const { lastInsertRowid } = statement(
    world.db,
    `insert into mail_messages (at, sender, recipients, subject, text, html, headers, attachments)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    world.clock.now(),
    message.from,
    JSON.stringify(message.to),
    message.subject,
    message.text,
    message.html,
    JSON.stringify(message.headers),
    JSON.stringify(message.attachments),
  );
  return Number(lastInsertRowid);
}

const fromRow = (row: Record<string, unknown>): Message => ({
  id: Number(row.id),
  at: new Date(Number(row.at)).toISOString(),
  from: String(row.sender),
  to: JSON.parse(String(row.recipients)),
  subject: String(row.subject),
  text: row.text as string | null,
  html: row.html as string | null,
  headers: JSON.parse(String(row.headers)),
  attachments: JSON.parse(String(row.attachments)),
});

export function getMessage(world: World, id: number): Message | undefined {
  const row = statement(world.db, "select * from mail_messages where id = ?").get(id);
  return row && fromRow(row);
}

/** Newest first; both filters look for a part, whatever the case. */
export function listMessages(world: World, { to = "", subject = "" } = {}): Message[] {
  return statement(
    world.db,
    `select * from mail_messages
     where instr(lower(recipients), lower(?)) > 0 and instr(lower(subject), lower(?)) > 0 order by id desc`,
  )
    .all(to, subject)
    .map(fromRow);
}

export function deleteMessages(world: World): number {
  return Number(statement(world.db, "delete from mail_messages").run().changes);
}
