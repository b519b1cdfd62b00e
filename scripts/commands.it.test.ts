import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { breaks } from "#db/schema/reconcile.ts";
import { env } from "#lib/core/env.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { DEMO_APP, newFirm } from "#lib/testing/xero/at-xero.ts";
import { saveXeroApp } from "#lib/xero/apps/save-app.ts";

const db = testDb();
testSimulator();

function run(script: string, args: string[], over: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=react-server", "--disable-warning=ExperimentalWarning", `scripts/${script}.ts`, ...args],
    { env: { ...process.env, DATABASE_URL: env().DATABASE_URL, ...over }, encoding: "utf8" },
  );
  return { status, lines: stdout.trim().split("\n"), faults: stderr.trim().split("\n") };
}

function file(text: string): string {
  const at = path.join(mkdtempSync(path.join(tmpdir(), "import-")), "file.csv");
  writeFileSync(at, text);
  return at;
}

test("R1: npm run import puts old credentials on file, once; faults are printed by line, and end it with 1", async () => {
  const { firm } = await newFirm(db());
  const at = file(
    `kind,consumerKey,firm,consumerSecret\noauth1,KEY,${firm.companySlug}/${firm.firmSlug},CANARY`,
  );
  const first = run("import", ["credentials", at]);
  expect(first).toMatchObject({
    status: 0,
    lines: [
      "New on file: 1. Changed: 0. There before: 0.",
      expect.stringContaining("line 2, consumerSecret: left out"),
    ],
  });
  expect(run("import", ["credentials", at]).lines[0]).toBe("Nothing is new: all of it is on file.");
  expect(run("import", ["credentials", file("kind,firm\noauth1,no/body")])).toMatchObject({
    status: 1,
    faults: ["line 2, consumerKey: Give the consumer key.", "One fault; nothing was imported."],
  });
  expect(run("import", ["credentials", "/no/such/file"]).faults[0]).toContain("no such file");
});

const COMMANDS = [
  ...["backup", "clearing", "erase-payer", "import", "preflight", "reconcile", "restore", "rotate-vault"],
  ...["setup", "verify-timeline"],
];

test.each(COMMANDS)(
  "%s says how it is used when it is asked, and when an option is unknown, and does nothing",
  (name) => {
    const asked = run(name, ["--help"]);
    expect(asked).toMatchObject({ status: 0, faults: [""] });
    expect(asked.lines[0]).toContain(`npm run ${name}`);
    const unknown = run(name, ["--nonsense"]);
    expect(unknown).toMatchObject({ status: 2, lines: [""] });
    expect(unknown.faults.join("\n")).toContain(`npm run ${name}`);
    expect(unknown.faults.join("\n")).not.toContain("node:internal");
  },
);

test("C3: npm run import names what it lacks to bring links over", async () => {
  const { firm } = await newFirm(db());
  const at = file("system,kind,theirId,xeroId\ncrm,tax_rate,1,OUTPUT");
  expect(run("import", ["links", at])).toMatchObject({
    status: 1,
    faults: expect.arrayContaining([expect.stringContaining("--organisation")]),
  });
  const place = ["--firm", `${firm.companySlug}/${firm.firmSlug}`, "--organisation", "!dM0aU"];
  expect(run("import", ["links", at, ...place])).toMatchObject({
    status: 1,
    faults: ["First connect an organisation to this firm."],
  });
});

test("T2: npm run rotate-vault says what it did, and when the old key may go", async () => {
  const caller = await newFirm(db());
  await saveXeroApp(db(), caller, { whose: "firm", input: DEMO_APP });
  const fresh = `fresh:${Buffer.alloc(32, 5).toString("base64")}`;
  const keys = { VAULT_KEYS: `${fresh},${env().VAULT_KEYS}` };
  const first = run("rotate-vault", [], keys);
  expect(first.status).toBe(0);
  expect(first.lines).toContain("xero_apps.sealed_client_secret: 1 sealed anew");
  expect(first.lines.join(" ")).toContain("Everything is sealed with fresh.");
  expect(run("rotate-vault", [], keys).lines).toContain("xero_apps.sealed_client_secret: 0 sealed anew");
  const without = run("rotate-vault", []);
  expect(without.status).toBe(1);
  expect(without.faults[0]).toBe("2 rows are still sealed with fresh: keep it in VAULT_KEYS.");
});

test("R1: npm run verify-timeline prints a mark for each chain, and names what is broken", async () => {
  await newFirm(db());
  const { status, lines } = run("verify-timeline", []);
  expect({
    status,
    odd: lines.filter((line) => !/^whole {3}[0-9a-f-]{36}:\d+:[0-9a-f]{64}$/.test(line)),
  }).toEqual({
    status: 0,
    odd: [],
  });
  const marks = lines.map((line) => line.replace("whole   ", ""));
  expect(run("verify-timeline", marks).status).toBe(0);
  const another = marks.map((mark) => mark.replace(/[0-9a-f]{64}$/, "0".repeat(64)));
  expect(run("verify-timeline", another)).toMatchObject({
    status: 1,
    faults: expect.arrayContaining([expect.stringContaining("its link was another one")]),
  });
  expect(run("verify-timeline", ["nonsense"]).faults[0]).toContain("nonsense is no mark");
});

test("R2: npm run reconcile prints what disagrees, and ends with 1 while anything does", async () => {
  const { firm } = await newFirm(db());
  const at = ["--firm", `${firm.companySlug}/${firm.firmSlug}`];
  expect(run("reconcile", at)).toMatchObject({
    status: 0,
    lines: [expect.stringContaining("Kept: 0 payments"), "Nothing disagrees."],
  });
  await db()
    .insert(breaks)
    .values({ firmId: firm.firmId, kind: "stripe_stray", subject: "pi_7", here: "Nothing", there: "A$5.00" });
  expect(run("reconcile", at)).toMatchObject({
    status: 1,
    lines: expect.arrayContaining([
      expect.stringContaining("Stripe took a payment that we can't place"),
      "  here: Nothing · there: A$5.00",
      "1 disagree.",
    ]),
  });
  expect(run("reconcile", ["--firm", "no/body"]).faults[0]).toBe("There is no firm no/body on this desk.");
  expect(run("reconcile", []).faults[0]).toContain("npm run reconcile");
});
