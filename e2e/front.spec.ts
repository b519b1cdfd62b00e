import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { freePort } from "../scripts/stack/ports.ts";
import { openFront } from "./support/front.ts";

const ends: (() => Promise<void> | void)[] = [];
test.afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function behind(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  ends.push(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function inFrontOf(ports: number[]) {
  const front = await openFront(ports);
  ends.push(front.close);
  return front;
}

/** Answers half of what it promised, as a process that is killed does. */
function dying(): { listener: RequestListener; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    listener: (request, answer) => {
      asked.push(request.method ?? "");
      answer.writeHead(200, { "content-length": "100" });
      answer.write("half", () => answer.destroy());
    },
  };
}

test.describe("The proxy of the twins", { tag: "@once" }, () => {
  test("asks the other process for a GET that was cut, and sends its whole answer", async () => {
    const { listener, asked } = dying();
    const front = await inFrontOf([
      await behind(listener),
      await behind((_, answer) => void answer.end("whole")),
    ]);
    const answers = await Promise.all(Array.from({ length: 7 }, async () => (await fetch(front.url)).text()));
    expect(answers).toEqual(Array(7).fill("whole"));
    expect(asked.length).toBe(4);
    expect(front.told()).toContain("4 requests were asked again");
  });

  test("sends a POST that was cut to nobody else, and answers 502", async () => {
    const { listener, asked } = dying();
    const other = dying();
    const front = await inFrontOf([await behind(listener), await behind(other.listener)]);
    expect((await fetch(`${front.url}/do`, { method: "POST", body: "once" })).status).toBe(502);
    expect([...asked, ...other.asked]).toEqual(["POST"]);
    expect(front.told()).toContain("POST /do");
  });

  test("sends a POST that was refused to the other, with its body, its caller's address and its host", async () => {
    const port = await behind(async (request, answer) => {
      const body = await new Response(request as unknown as ReadableStream).text();
      const { host, "x-forwarded-for": chain } = request.headers;
      answer.writeHead(303, { "set-cookie": ["a=1", "b=2"] }).end(JSON.stringify({ body, host, chain }));
    });
    const front = await inFrontOf([await freePort(), port]);
    for (let times = 0; times < 2; times += 1) {
      const headers = { "x-forwarded-for": "203.0.113.7" };
      const answer = await fetch(front.url, { method: "POST", body: "once", headers, redirect: "manual" });
      expect(answer.status).toBe(303);
      expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
      expect(await answer.json()).toEqual({
        body: "once",
        host: new URL(front.url).host,
        chain: "203.0.113.7, 127.0.0.1",
      });
    }
  });

  test("before a process is killed, waits for its forms to end and gives the next ones to the other", async () => {
    const held: (() => void)[] = [];
    const first = await behind((_, answer) => void held.push(() => answer.end("first")));
    const second = await behind((_, answer) => void answer.end("second"));
    const front = await inFrontOf([first, second]);
    const post = async () => (await fetch(front.url, { method: "POST", body: "once" })).text();
    const under = post();
    await expect.poll(() => held.length).toBe(1);
    let isSettled = false;
    const settled = front.settle(first).then(() => {
      isSettled = true;
    });
    expect([await post(), await post()]).toEqual(["second", "second"]);
    expect(isSettled).toBe(false);
    held[0]?.();
    await settled;
    expect(await under).toBe("first");
  });
});
