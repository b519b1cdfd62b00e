import { expect, test } from "vitest";
import { type ConnectionHealth, healthInWords } from "./connection-words.ts";

const connection = (over: Partial<ConnectionHealth>): ConnectionHealth => ({
  organisationName: "Maple Florist",
  state: "healthy",
  reason: null,
  stateSince: new Date(1),
  unreachableSince: null,
  ...over,
});

test.each<[Partial<ConnectionHealth>, string, string | null]>([
  [{}, "Connected", null],
  [{ unreachableSince: new Date(0) }, "Xero doesn't answer", null],
  [{ state: "needs_reconnect", reason: "invalid_grant" }, "Needs to be reconnected", "reconnect"],
  [{ state: "needs_reconnect", reason: "app_refused" }, "The Xero app needs its new secret", "app_settings"],
  [{ state: "disconnected" }, "Disconnected in Xero", "reconnect"],
  [{ state: "organisation_gone", reason: "xero_forbids" }, "Xero refuses this organisation", "reconnect"],
  [{ state: "organisation_gone", reason: "demo_reset" }, "The demo company was reset", "connect_anew"],
  [{ state: "organisation_gone", reason: "other_organisation" }, "Another organisation answers", "reconnect"],
  [{ state: "missing_scope", reason: "accounting.payments" }, "A permission is missing", "reconnect"],
])("%o reads “%s”, mended by %s", (over, word, cure) => {
  expect(healthInWords(connection(over))).toMatchObject({ word, cure });
});

test("each trouble says since when; a healthy connection has none", () => {
  expect(healthInWords(connection({})).since).toBeNull();
  expect(healthInWords(connection({ unreachableSince: new Date(2) })).since).toEqual(new Date(2));
  expect(healthInWords(connection({ state: "disconnected" })).since).toEqual(new Date(1));
});

test("a missing permission is named, with what it blocks", () => {
  const { sentence } = healthInWords(connection({ state: "missing_scope", reason: "accounting.payments" }));
  expect(sentence).toContain("read and write payments (accounting.payments)");
  expect(sentence).toContain("payments can't be written to Xero, so none is taken");
});
