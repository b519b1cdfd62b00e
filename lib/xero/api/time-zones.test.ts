import { expect, test } from "vitest";
import { TimeZone } from "xero-node/dist/gen/model/accounting/timeZone.js";
import { ianaZone } from "./time-zones.ts";

test.each([
  ["AUSEASTERNSTANDARDTIME", "Australia/Sydney"],
  ["GMTSTANDARDTIME", "Europe/London"],
  ["EASTERNSTANDARDTIME", "America/New_York"],
  ["EASTERNSTANDARDTIME(MEXICO)", "America/Cancun"],
  ["New Zealand Standard Time", "Pacific/Auckland"],
  ["UTC-11", "Etc/GMT+11"],
  ["UTC+13", "Etc/GMT-13"],
])("Xero's %s is %s", (token, zone) => {
  expect(ianaZone(token)).toBe(zone);
});

test("each zone that xero-node names is known, and Node can reckon in it", () => {
  for (const token of Object.values(TimeZone)) {
    const timeZone = ianaZone(String(token));
    expect(timeZone, String(token)).toBeDefined();
    expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  }
});

test("a zone nobody has heard of is not guessed", () => {
  expect(ianaZone("MARSSTANDARDTIME")).toBeUndefined();
});
