import { expect, test } from "vitest";
import { type ConnectionHealth, healthInWords } from "./connection-words.ts";

const connection = (over: Partial<ConnectionHealth>): ConnectionHealth => ({
  organisationName: "Maple Florist",
  state: "healthy",
  reason: null,
  unreachableSince: null,
  ...over,
});

test.each<[Partial<ConnectionHealth>, string, string | null]>([
  [{}, "Connected", null],
  [{ unreachableSince: new Date(0) }, "Xero doesn't answer", null],
  [{ state: "needs_reconnect", reason: "invalid_grant" }, "Needs to be reconnected", "reconnect"],
  [{ state: "needs_reconnect", reason: "app_refused" }, "The Xero app needs its new secret", "app_settings"],
  [{ state: "disconnected" }, "Disconnected in Xero", "reconnect"],
  [{ state: "organisation_gone" }, "Xero refuses this organisation", "reconnect"],
  [{ state: "missing_scope", reason: "accounting.payments" }, "A permission is missing", "reconnect"],
])("%o reads “%s”, mended by %s", (over, word, cure) => {
  expect(healthInWords(connection(over))).toMatchObject({ word, cure });
});

test("a missing permission is named", () => {
  const { sentence } = healthInWords(connection({ state: "missing_scope", reason: "accounting.payments" }));
  expect(sentence).toContain("read and write payments (accounting.payments)");
});
