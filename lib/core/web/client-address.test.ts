import { expect, test } from "vitest";
import { bucketOf, clientAddress } from "./client-address.ts";

const forwarded = (value?: string) => new Headers(value === undefined ? {} : { "x-forwarded-for": value });

test.each([
  ["no proxy: nothing in the header is believed", "198.51.100.7", 0, null],
  ["one proxy: the entry it added", "198.51.100.7", 1, "198.51.100.7"],
  [
    "one proxy: what the client wrote before it doesn't count",
    "10.0.0.1, 203.0.113.9, 198.51.100.7",
    1,
    "198.51.100.7",
  ],
  ["two proxies: the second from the right", "203.0.113.9, 198.51.100.7, 10.0.0.2", 2, "198.51.100.7"],
  ["fewer entries than proxies", "198.51.100.7", 2, null],
  ["no header", undefined, 1, null],
  ["no address", "nonsense", 1, null],
  ["a port", "198.51.100.7:50122", 1, "198.51.100.7"],
  ["brackets and a port", "[2001:db8::1]:443", 1, "2001:db8::1"],
])("A7: %s", (_, header, hops, address) => {
  expect(clientAddress(forwarded(header), hops)).toBe(address);
});

test.each([
  ["198.51.100.7", "198.51.100.7"],
  ["::ffff:198.51.100.7", "198.51.100.7"],
  ["::ffff:c633:6407", "198.51.100.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  [null, "unknown"],
])("A6: counts %s as %s", (address, bucket) => {
  expect(bucketOf(address)).toBe(bucket);
});

test("A6: a thousand addresses of one household share one count; its neighbours have their own", () => {
  const of = (household: string) =>
    Array.from({ length: 1_000 }, (_, at) => bucketOf(`2001:db8:7:${household}:${at.toString(16)}::${at}`));
  expect(new Set(of("1"))).toEqual(new Set(["2001:db8:7:1::/64"]));
  expect(new Set([...of("1"), ...of("2")]).size).toBe(2);
});

test("A7: what a client writes into the header before the proxy's own entry changes no count", () => {
  const counts = ["", "10.0.0.1, ", "::1, 203.0.113.9, ", "198.51.100.8,".repeat(50)].map((written) =>
    bucketOf(clientAddress(forwarded(`${written}198.51.100.7`), 1)),
  );
  expect(new Set(counts)).toEqual(new Set(["198.51.100.7"]));
});
