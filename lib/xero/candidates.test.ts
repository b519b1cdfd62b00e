import { expect, test } from "vitest";
import { candidatesOf } from "./candidates.ts";

const since = new Date("2026-11-21T10:00:00Z");
const link = (id: string, updatedAt: string) => ({
  id,
  tenantId: `t-${id}`,
  name: id,
  updatedAt: new Date(updatedAt),
});
const old = [1, 2, 3, 4].map((n) => link(`old-${n}`, "2026-01-01T00:00:00Z"));
const fresh = link("fresh", "2026-11-21T10:00:30Z");

test("O4: of five organisations that the user ever allowed, only the one of this consent is offered", () => {
  expect(candidatesOf([fresh], [...old, fresh], since)).toEqual([fresh]);
});

test("an organisation consented to again is known by its change", () => {
  expect(candidatesOf([], [...old, fresh], since)).toEqual([fresh]);
});

test("when nothing tells which one was meant, the person is asked about all", () => {
  expect(candidatesOf([], old, since)).toEqual(old);
});
