/** What holds for every answer, whoever asks: policies, frames, caches. Over plain HTTP, but for framing. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, connect as openSocket } from "node:net";
import { type Facts, fill } from "./matrix/facts.ts";
import { ROUTES } from "./matrix/table.ts";
import { type Answer, getData, signInPlainly, type Visitor, visitor } from "./matrix/visitor.ts";
import { expect, ownAddress, test as stacked } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { DEMO_PEOPLE } from "./support/staff.ts";

const test = stacked.extend({});
const ONCE = { tag: "@once" };

const facts = {
  company: "quickfee",
  firm: "demo",
  flowId: randomUUID(),
  captureId: randomUUID(),
  orderId: randomUUID(),
  uploadId: randomUUID(),
  requestId: "req_NOBODY2345",
  appId: randomUUID(),
  processorAccountId: randomUUID(),
  checkoutToken: randomBytes(32).toString("base64url"),
  passwordToken: randomBytes(32).toString("base64url"),
  link: "amount=1.00&invoice=INV-0000",
} as Facts;

const stranger = (ground: Ground) => visitor(ground.webUrl, { cookie: "", address: ownAddress() });

const signedIn = (ground: Ground, email: string) =>
  signInPlainly(ground.webUrl, { address: ownAddress(), email });

/** Every kind of answer that the web process gives: each door as document, as data and prefetched, files, errors, refusals. */
async function everyAnswer(ground: Ground): Promise<{ asked: string; answer: Answer }[]> {
  const { person: owner } = await signedIn(ground, DEMO_PEOPLE.broker);
  const answers: { asked: string; answer: Answer }[] = [];
  const ask = async (asked: string, answer: Promise<Answer>) => {
    answers.push({ asked, answer: await answer });
  };
  const ways: Record<string, string>[] = [
    {},
    { rsc: "1", "next-router-prefetch": "1" },
    { "x-nonce": "AAAA", "content-security-policy": "script-src *", "x-middleware-subrequest": "proxy" },
  ];
  for (const key of Object.keys(ROUTES)) {
    const [method, path = ""] = key.split(" ");
    for (const [name, who] of [
      ["anonymous", stranger(ground)],
      ["owner", owner],
    ] as [string, Visitor][]) {
      if (method === "GET") {
        await ask(`${key} as ${name}, its data`, getData(who, fill(path, facts)));
        for (const headers of ways)
          await ask(`${key} as ${name} ${JSON.stringify(headers)}`, who.get(fill(path, facts), headers));
      } else
        await ask(
          `${key} as ${name}`,
          who.post(fill(path, facts), new URLSearchParams(), { origin: "null" }),
        );
    }
  }
  const [chunk] = readdirSync(".next/static/chunks");
  const others = [
    "/nothing",
    "/api/nothing",
    "/_next/nothing",
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/icon.svg",
  ];
  const odd = ["/%", "/%00", "/pay/%ff/x", "/firms/..%2f..%2fetc", "/firms/", "/.env", "/.git/config"];
  for (const path of [`/_next/static/chunks/${chunk}`, ...others, ...odd]) {
    await ask(path, stranger(ground).get(path));
    // Next answers a post to a file with 500; it says nothing.
    if (!path.startsWith("/_next/static/")) await ask(`POST ${path}`, stranger(ground).post(path, "x"));
  }
  return answers;
}

test(
  "X2, X3, X8: every answer has a policy, can't be framed or sniffed, and is kept in no cache",
  ONCE,
  async ({ ground }) => {
    const nonces = new Set<string>();
    let [pages, documents] = [0, 0];
    for (const { asked, answer } of await everyAnswer(ground)) {
      const { headers, status, body } = answer;
      const policy = headers.get("content-security-policy") ?? "";
      const said = `${asked} answered ${status}`;
      expect(status, said).toBeLessThan(500);
      expect(policy, said).toContain("default-src 'none'");
      expect(policy, said).toContain("frame-ancestors 'none'");
      expect(policy, said).not.toMatch(/unsafe-(inline|eval)|script-src[^;]*\*/);
      expect(headers.get("x-frame-options"), said).toBe("DENY");
      expect(headers.get("x-content-type-options"), said).toBe("nosniff");
      expect(headers.get("referrer-policy"), said).toBe("same-origin");
      expect(headers.get("x-powered-by"), said).toBeNull();
      if (!isFile(asked)) expect(mayBeKept(answer), said).toBe(false);

      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
      if (!headers.get("content-type")?.startsWith("text/html")) continue;
      if (!nonce && !policy.includes("script-src")) continue;
      if (!nonce) {
        documents += 1;
        for (const [, attributes = "", text = ""] of body.matchAll(/<(?:script|style)\b([^>]*)>(.*?)<\//gs)) {
          expect(attributes, said).toBe("");
          expect(policy, said).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
        }
        expect(body, said).not.toMatch(/ (on[a-z]+|style)="/);
        continue;
      }
      pages += 1;
      expect(nonce, said).not.toBe("AAAA");
      expect(nonces, "a nonce is used once").not.toContain(nonce);
      nonces.add(nonce);
      for (const [script] of body.matchAll(/<script\b[^>]*>/g))
        expect(script, said).toContain(`nonce="${nonce}"`);
      expect(body, said).not.toMatch(/ on[a-z]+="/);
    }
    expect(pages).toBeGreaterThan(100);
    expect(documents).toBeGreaterThan(8);
  },
);

/** Of answers that say nothing of caches, RFC 9110 lets a cache keep none with these statuses. */
function mayBeKept({ status, headers }: Answer): boolean {
  const said = headers.get("cache-control");
  return said === null ? ![302, 303, 307, 400, 401, 403].includes(status) : !said.includes("no-store");
}

/** The build's files carry their content in their name, and an icon and a logo are everybody's. */
function isFile(asked: string): boolean {
  return /^(POST )?\/(_next\/static\/|icon\.svg)|^GET \/pay\/\[company\]\/\[firm\]\/logo/.test(asked);
}

test("X3: another site's frame stays empty", ONCE, async ({ ground, browser }) => {
  const paths = ["/sign-in", "/pay/quickfee/demo?amount=2200.00&invoice=INV-2009", "/api/health/live"];
  const frames = [...paths.map((path) => ground.webUrl + path), "/inner"];
  const site = createHttpServer(({ url }, response) => {
    response.setHeader("content-type", "text/html");
    response.end(
      url === "/inner" ? "a willing page" : frames.map((src) => `<iframe src="${src}"></iframe>`).join(""),
    );
  });
  await new Promise<void>((ready) => site.listen(0, "127.0.0.1", ready));
  const page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`, { waitUntil: "load" });
  const shown = await Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.content()),
  );
  expect(shown).toHaveLength(4);
  expect(shown.pop()).toContain("a willing page");
  for (const content of shown) expect(content).not.toMatch(/Counterfoil|Demo Accountants|"ok"/);
  await page.context().close();
  await new Promise((closed) => site.close(closed));
});

test("X7: a request to upgrade for another host is led nowhere", ONCE, async ({ ground }) => {
  let calls = 0;
  const inner = createServer((socket) => {
    calls += 1;
    socket.end();
  });
  await new Promise<void>((ready) => inner.listen(0, "127.0.0.1", ready));
  const { port } = inner.address() as AddressInfo;
  const { hostname, port: web } = new URL(ground.webUrl);
  for (const target of [`http://127.0.0.1:${port}/latest`, `//127.0.0.1:${port}/latest`, "/latest"]) {
    const answer = await new Promise<string>((done) => {
      const socket = openSocket(Number(web), hostname);
      let text = "";
      socket.setTimeout(1_000, () => socket.destroy());
      socket.on("data", (part) => {
        text += part.toString();
        if (text.includes("\r\n\r\n")) socket.destroy();
      });
      socket.on("close", () => done(text));
      socket.on("error", () => {});
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
      );
    });
    expect(answer, target).not.toMatch(/^HTTP\/1\.1 (101|200)/);
  }
  expect(calls).toBe(0);
  await new Promise((closed) => inner.close(closed));
});

test("X8: two people who ask in turn, eight at a time, each see their own", ONCE, async ({ ground }) => {
  const [dana, harriet] = [
    await signedIn(ground, DEMO_PEOPLE.demoOwner),
    await signedIn(ground, DEMO_PEOPLE.harbourOwner),
  ];
  const sides = [
    { who: dana.person, own: "Dana Reyes", other: /Harriet Cole|Harbour Books/ },
    { who: harriet.person, own: "Harriet Cole", other: /Dana Reyes|Demo Accountants/ },
  ];
  const wrong: string[] = [];
  for (let round = 0; round < 40; round += 1) {
    await Promise.all(
      Array.from({ length: 8 }, async (_, at) => {
        const side = sides[(round + at) % 2];
        if (!side) return;
        const { body } = await (at % 3 === 0 ? getData(side.who, "/firms") : side.who.get("/firms"));
        if (!body.includes(side.own) || side.other.test(body)) wrong.push(body.slice(0, 200));
      }),
    );
  }
  expect(wrong).toEqual([]);
});
