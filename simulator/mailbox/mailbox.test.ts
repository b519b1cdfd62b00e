import { createTransport } from "nodemailer";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Site, startTestSite } from "../stripe/test-site.ts";
import { initMailbox, mailboxRoutes, seedMailbox, startSmtp } from "./index.ts";
import type { Message } from "./messages.ts";

let simulator: Site;
let smtp: { port: number; close(): Promise<void> };

beforeAll(async () => {
  simulator = await startTestSite(mailboxRoutes, initMailbox);
  smtp = await startSmtp(simulator.world, 0);
});
afterAll(async () => {
  await smtp.close();
  await simulator.close();
});
beforeEach(() => seedMailbox(simulator.world));

function send(to: string, subject = "Your receipt") {
  return createTransport({ host: "127.0.0.1", port: smtp.port }).sendMail({
    from: "QuickFee <desk@quickfee.example>",
    to,
    subject,
    text: "Paid, thank you — see https://pay.example/r/1?a=b.",
    html: "<p>Paid, <script>alert(1)</script>thank you — ✓</p>",
    attachments: [{ filename: "receipt.txt", content: "INV-2009" }],
  });
}

const mail = async (query = ""): Promise<Message[]> =>
  (await (await fetch(`${simulator.url}/control/mail${query}`)).json()).messages;

const pageOf = async (path: string) => (await fetch(simulator.url + path)).text();

test("mail arrives whole, and both filters find it", async () => {
  await send("payer@client.example", "Résumé of INV-2009 ✓");
  await send("dana@demo-accountants.example");
  const [found, ...others] = await mail("?to=PAYER@client&subject=inv-2009");
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    from: "desk@quickfee.example",
    to: ["payer@client.example"],
    subject: "Résumé of INV-2009 ✓",
    attachments: [{ name: "receipt.txt", bytes: 8 }],
  });
  expect(found?.text).toContain("thank you — see");
  expect((await mail()).map(({ to }) => to[0])).toEqual([
    "dana@demo-accountants.example",
    "payer@client.example",
  ]);
});

test("a person reads it: newest first, by recipient, its HTML locked away", async () => {
  await send("first@client.example");
  await send("second@client.example");
  const list = await pageOf("/mail");
  expect(list.indexOf("second@")).toBeLessThan(list.indexOf("first@"));
  expect(await pageOf("/mail?to=first")).not.toContain("second@client");
  const [message] = await mail();
  const page = await pageOf(`/mail/${message?.id}`);
  expect(page).toContain('<a href="https://pay.example/r/1?a=b">');
  expect(page).not.toContain("<script");
  expect(page).toMatch(/<iframe [^>]*sandbox="allow-top-navigation-by-user-activation" srcdoc="&#60;base/);
});

test("mail is refused while the fault is on, and cleared on request", async () => {
  const faults = (refuse: boolean) =>
    fetch(`${simulator.url}/control/mail/faults`, { method: "POST", body: JSON.stringify({ refuse }) });
  await faults(true);
  await expect(send("payer@client.example")).rejects.toMatchObject({ responseCode: 451 });
  await faults(false);
  await send("payer@client.example");
  const body = JSON.stringify({ dead: ["Gone@client.example"] });
  await fetch(`${simulator.url}/control/mail/faults`, { method: "POST", body });
  await expect(send("gone@client.example")).rejects.toMatchObject({ responseCode: 550 });
  const cleared = await fetch(`${simulator.url}/control/mail`, { method: "DELETE" });
  expect(await cleared.json()).toEqual({ removed: 1 });
  expect(await mail()).toEqual([]);
});
