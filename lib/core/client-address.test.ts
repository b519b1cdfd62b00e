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
])("%s", (_, header, hops, address) => {
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
])("counts %s as %s", (address, bucket) => {
  expect(bucketOf(address)).toBe(bucket);
});
