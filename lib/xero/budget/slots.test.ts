import { expect, test } from "vitest";
import { inSlot } from "./slots.ts";

test("no organisation gets more than five calls at once, three of them sync, and payers go before writes", async () => {
  let running = 0;
  let most = 0;
  const order: string[] = [];
  const gates: (() => void)[] = [];
  const call = (name: string, purpose: "sync" | "payer" | "write") =>
    inSlot("org-1", purpose, async () => {
      order.push(name);
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((go) => gates.push(go));
      running -= 1;
    });
  const all = ["s1", "s2", "s3", "s4", "s5"].map((name) => call(name, "sync"));
  all.push(call("w1", "write"), call("w2", "write"), call("w3", "write"), call("p1", "payer"));
  while (gates.length > 0) {
    gates.shift()?.();
    await new Promise((tick) => setImmediate(tick));
  }
  await Promise.all(all);
  expect(most).toBe(5);
  expect(order).toEqual(["s1", "s2", "s3", "w1", "w2", "p1", "w3", "s4", "s5"]);
});

test("a call that fails gives its slot back, and another organisation never waits", async () => {
  const failures = Array.from({ length: 9 }, () =>
    inSlot("org-2", "sync", async () => {
      throw new Error("no");
    }),
  );
  expect((await Promise.allSettled(failures)).every(({ status }) => status === "rejected")).toBe(true);
  await expect(inSlot("org-2", "sync", async () => "through")).resolves.toBe("through");
});
