import { expect, test } from "vitest";
import { candidatesOf, offerOf } from "./organisation-candidates.ts";

const consent = { authEventId: "this consent", since: new Date("2026-11-21T10:00:00Z") };
const link = (id: string, updatedAt: string, authEventId = "an earlier consent") => ({
  id,
  tenantId: `t-${id}`,
  name: id,
  isOrganisation: true,
  authEventId,
  createdAt: new Date("2026-01-01T00:00:00Z"),
  updatedAt: new Date(updatedAt),
});
const old = [1, 2, 3, 4].map((n) => link(`old-${n}`, "2026-01-01T00:00:00Z"));
const fresh = link("fresh", "2026-11-21T10:00:30Z", "this consent");
const again = link("again", "2026-11-21T10:00:30Z");

test("O4: of five organisations that the user ever allowed, only the one of this consent is offered", () => {
  expect(candidatesOf([...old, fresh], consent)).toEqual([fresh]);
});

test("an organisation consented to again is known by its change", () => {
  expect(candidatesOf([...old, again], consent)).toEqual([again]);
});

test("when nothing tells which one was meant, the person is asked about all", () => {
  expect(candidatesOf(old, consent)).toEqual(old);
});

test("who chose a practice is told so, and is offered no organisation that they did not choose", () => {
  const practice = { ...fresh, isOrganisation: false };
  const candidates = candidatesOf([...old, practice], consent);
  expect(offerOf(candidates, { renews: null, elsewhere: [] })).toBe("practice");
  expect(offerOf([practice, again], { renews: null, elsewhere: [] })).toEqual([again]);
});

test("an adviser's other clients are not offered to this one", () => {
  const elsewhere = ["t-old-1", "t-old-2", "t-old-3"];
  expect(offerOf([...old, fresh], { renews: null, elsewhere })).toEqual([old[3], fresh]);
  expect(offerOf(old.slice(0, 3), { renews: null, elsewhere })).toBe("taken");
});

test("to renew a connection only its own organisation will do", () => {
  expect(offerOf([fresh], { renews: "t-old-1", elsewhere: [] })).toBe("other_organisation");
  expect(offerOf([...old, fresh], { renews: "t-old-1", elsewhere: [] })).toEqual([old[0]]);
  expect(offerOf([], { renews: "t-old-1", elsewhere: [] })).toBe("no_organisation");
});
