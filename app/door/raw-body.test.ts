import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LARGEST_WEBHOOK, readBody } from "./raw-body.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A webhook whose body comes as these parts say; `cancelled` once we stop to listen. */
function posted(pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void | Promise<void>) {
  const seen = { cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull,
    cancel: () => {
      seen.cancelled = true;
    },
  });
  const init: RequestInit & { duplex: "half" } = { method: "POST", body, duplex: "half" };
  return { request: new Request("http://localhost/hook", init), seen };
}

test("W5: a body of a megabyte is read to the last byte", async () => {
  const bytes = Buffer.alloc(LARGEST_WEBHOOK, "x");
  const request = new Request("http://localhost/hook", { method: "POST", body: bytes });
  expect(await readBody(request, LARGEST_WEBHOOK)).toEqual(bytes);
  expect(await readBody(new Request("http://localhost/hook", { method: "POST" }), LARGEST_WEBHOOK)).toEqual(
    Buffer.alloc(0),
  );
});

test("W5: a body without an end is read no further than a megabyte", async () => {
  let sent = 0;
  const { request, seen } = posted((controller) => {
    sent += 65_536;
    controller.enqueue(new Uint8Array(65_536));
  });
  expect(await readBody(request, LARGEST_WEBHOOK)).toBeNull();
  expect(sent).toBeLessThan(2 * LARGEST_WEBHOOK);
  expect(seen.cancelled).toBe(true);
});

test("W5: a body that trickles in is cut after five seconds", async () => {
  const { request, seen } = posted(
    (controller) =>
      new Promise((resolve) =>
        setTimeout(() => {
          if (!seen.cancelled) controller.enqueue(new Uint8Array(1));
          resolve();
        }, 1_000),
      ),
  );
  const read = readBody(request, LARGEST_WEBHOOK);
  await vi.advanceTimersByTimeAsync(4_900);
  expect(seen.cancelled).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(await read).toBeNull();
  expect(seen.cancelled).toBe(true);
});
