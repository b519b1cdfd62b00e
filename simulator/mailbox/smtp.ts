import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { getSetting } from "../core/settings.ts";
import type { World } from "../core/types.ts";
import { insertMessage } from "./messages.ts";

/** The setting behind POST /control/mail/faults. */
export const REFUSING = "mail.refusing";

/** Addresses that nobody reads any more. */
export const DEAD = "mail.dead";

const LARGEST_BYTES = 10 * 1024 * 1024;

/** A real mail server without sign-in or encryption; what it accepted is stored before it says so. */
export async function startSmtp(
  world: World,
  port: number,
  host = "127.0.0.1",
): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: LARGEST_BYTES,
    onMailFrom: (address, _, done) => done(refusal(world, address.address)),
    onRcptTo: (address, _, done) => done(deadMailbox(world, address.address)),
    onData(stream, session, done) {
      receive(world, stream, session).then(() => done(), done);
    },
  });
  server.on("error", (error) => world.journal.write("mail.failed", { error: String(error) }));
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(world: World, from: string): Error | null {
  if (!getSetting(world, REFUSING, false)) return null;
  world.journal.write("mail.refused", { from });
  return Object.assign(new Error("4.3.2 The mailbox takes no mail at the moment"), { responseCode: 451 });
}

/** As RFC 5321 4.2.3 and RFC 3463 (X.1.1) have it: no retry is of any use. */
function deadMailbox(world: World, to: string): Error | null {
  if (!getSetting<string[]>(world, DEAD, []).includes(to.toLowerCase())) return null;
  world.journal.write("mail.refused", { to });
  return Object.assign(new Error("5.1.1 The mailbox does not exist"), { responseCode: 550 });
}

async function receive(
  world: World,
  stream: NodeJS.ReadableStream,
  { envelope }: SMTPServerSession,
): Promise<void> {
  const mail = await PostalMime.parse(await buffer(stream));
  const from = envelope.mailFrom ? envelope.mailFrom.address : "";
  const to = envelope.rcptTo.map(({ address }) => address);
  const subject = mail.subject ?? "";
  const id = insertMessage(world, {
    from,
    to,
    subject,
    text: mail.text ?? null,
    html: mail.html ?? null,
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? "",
      type: mimeType,
      bytes: typeof content === "string" ? content.length : content.byteLength,
    })),
  });
  world.journal.write("mail.received", { id, from, to, subject });
}
