import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { sendLetter } from "./send.ts";

const db = testDb();
const sockets = new Set<Socket>();
const stalled = Promise.withResolvers<void>();

/** Takes letters, but stays silent for ever once it is told of this recipient. */
const STALLS = "stalls@clients.example";
const server = createServer((socket) => {
  sockets.add(socket);
  let isData = false;
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    const said = chunk.toString();
    if (said.includes(STALLS)) return stalled.resolve();
    if (isData && !said.endsWith("\r\n.\r\n")) return;
    socket.write(!isData && /^DATA/i.test(said) ? "354 Go on\r\n" : "250 OK\r\n");
    isData = /^DATA/i.test(said);
  });
  socket.write("220 mail.example\r\n");
});

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  process.env.SMTP_URL = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

const letter = { subject: "Receipt", text: "Paid", html: "<p>Paid</p>" };
const send = (to: string) => sendLetter(db(), { firmId: null, kind: "receipt", subjectKey: to, to }, letter);

test("a letter over which the mail server falls silent is given up within a minute, and keeps no other from going out", async () => {
  const patience: number[] = [];
  const giveUp = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
    patience.push(milliseconds);
    return giveUp.signal;
  });
  const silent = send(STALLS);
  await stalled.promise;
  await send("pat@clients.example");
  giveUp.abort();
  await expect(silent).rejects.toThrow();
  expect(patience).toEqual([60_000, 60_000]);
  const { rows } = await db().execute(
    sql`select recipient, sent_at is not null as sent from letters order by 1`,
  );
  expect(rows).toEqual([
    { recipient: "pat@clients.example", sent: true },
    { recipient: STALLS, sent: false },
  ]);
});
