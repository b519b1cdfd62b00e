import { inspect } from "node:util";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditEvents } from "#db/schema/audit.ts";
import { xeroApps } from "#db/schema/xero.ts";
import { FileFaults, faultInWords } from "#lib/core/text/file-faults.ts";
import { type FirmCaller, requireFirm } from "#lib/firms/authorise.ts";
import { testDb } from "#lib/testing/database.ts";
import { makeActor } from "#lib/testing/staff.ts";
import { newFirm } from "#lib/testing/xero/at-xero.ts";
import { loadConnections, loadXeroApps } from "../organisations/read.ts";
import { importCredentials, importCredentialsOfDesk } from "./import-credentials.ts";

const db = testDb();
const FINGERPRINT = Array(20).fill("AB").join(":");

let caller: FirmCaller;
let path: string;

beforeEach(async () => {
  caller = await newFirm(db());
  path = `${caller.firm.companySlug}/${caller.firm.firmSlug}`;
});

const rows = () => db().select().from(xeroApps).where(eq(xeroApps.companyId, caller.firm.companyId));
const lines = () => db().select().from(auditEvents).where(eq(auditEvents.firmId, caller.firm.firmId));

const csv = (...records: string[]) =>
  [
    "kind,consumerKey,endedOn,certificateSubject,certificateExpiresOn,fingerprint,privateKey",
    ...records,
  ].join("\n");
const PRIVATE_APP = `x509,QUOOX0KEY,,CN=Quoox,2021-06-30,${FINGERPRINT},CANARY-KEY`;

async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.catch((thrown) => thrown);
  if (!(error instanceof FileFaults)) throw new Error("It was taken");
  return error.faults.map(faultInWords);
}

test("R1, G1: an old token and an old private app come on file, are told as what they are, and lead to a new consent", async () => {
  const text = JSON.stringify([
    { kind: "oauth1", consumerKey: "POR0KEY", endedOn: "2021-12-31", name: "Point of Rental" },
    {
      kind: "x509",
      consumerKey: "QUOOX0KEY",
      certificateSubject: "CN=Quoox",
      certificateExpiresOn: "2021-06-30",
      fingerprint: FINGERPRINT,
    },
  ]);
  expect((await loadConnections(db(), caller.firm)).app).toBe("none");
  expect(await importCredentials(db(), caller, text)).toEqual({
    added: 2,
    changed: 0,
    unchanged: 0,
    notes: [],
  });
  const { apps } = await loadXeroApps(db(), caller.firm);
  expect(apps.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toMatchObject([
    {
      kind: "oauth1",
      name: "Point of Rental",
      clientId: "POR0KEY",
      expiredOn: "2021-12-31",
      mayChange: false,
    },
    {
      kind: "x509",
      certificateSubject: "CN=Quoox",
      certificateFingerprint: FINGERPRINT,
      expiredOn: "2021-06-30",
      secretSet: false,
    },
  ]);
  expect((await loadConnections(db(), caller.firm)).app).toBe("retired_only");
});

test("G1: a private key in the file is kept nowhere, and a line says so", async () => {
  const { notes } = await importCredentials(db(), caller, csv(PRIVATE_APP));
  expect(notes).toEqual([expect.stringMatching(/^line 2, privateKey: left out and not kept/)]);
  expect(inspect([await rows(), await lines()], { depth: 9 })).not.toContain("CANARY");
});

test("R1: the same file twice changes nothing; one fact changed is changed", async () => {
  await importCredentials(db(), caller, csv(PRIVATE_APP));
  const before = [await rows(), await lines()];
  expect(await importCredentials(db(), caller, csv(PRIVATE_APP))).toMatchObject({
    added: 0,
    changed: 0,
    unchanged: 1,
  });
  expect([await rows(), await lines()]).toEqual(before);
  const other = csv(PRIVATE_APP.replace("2021-06-30", "2022-06-30"));
  expect(await importCredentials(db(), caller, other)).toMatchObject({ changed: 1 });
  expect(await rows()).toMatchObject([{ expiredOn: "2022-06-30" }]);
});

test("all faults of a file come at once, and then nothing of it is stored", async () => {
  const text = csv(PRIVATE_APP, PRIVATE_APP, "x509,,,CN=x,never,,", "oauth1,K,2021-12-31,CN=x,,,");
  expect(await faultsOf(importCredentials(db(), caller, text))).toEqual([
    "line 3, consumerKey: Line 2 is of the same one.",
    "line 4, consumerKey: Give the consumer key.",
    "line 4, certificateExpiresOn: Write the day the certificate ends, like 2021-12-31.",
    expect.stringContaining("line 4, fingerprint: Write the certificate's SHA-1"),
    "line 5, certificateSubject: There is no such field here.",
  ]);
  expect(await rows()).toEqual([]);
});

test("on a firm's page nothing can be put on another firm's file; from the shell each record says whose it is", async () => {
  const other = await newFirm(db());
  const theirs = `${other.firm.companySlug}/${other.firm.firmSlug}`;
  const text = `kind,consumerKey,firm\noauth1,MINE,${path}\noauth1,THEIRS,${theirs}`;
  expect(await faultsOf(importCredentials(db(), caller, text))).toEqual([
    `line 3, firm: Here only ${path} can be given.`,
  ]);
  expect(await importCredentialsOfDesk(db(), text)).toMatchObject({ added: 2 });
  expect((await loadXeroApps(db(), caller.firm)).apps.map(({ clientId }) => clientId)).toEqual(["MINE"]);
  expect((await loadXeroApps(db(), other.firm)).apps.map(({ clientId }) => clientId)).toEqual(["THEIRS"]);
  expect(
    await faultsOf(importCredentialsOfDesk(db(), "kind,consumerKey,firm\noauth1,A,\noauth1,A,no/body")),
  ).toEqual([
    "line 2, firm: Say whose it is: company/firm, as in the desk's addresses.",
    "line 3, firm: There is no such firm on this desk.",
  ]);
});

test("only who may connect the firm may import", async () => {
  const viewer = await makeActor(db(), `Viewer ${path}`, [{ firmId: caller.firm.firmId, role: "staff" }]);
  const firm = await requireFirm(db(), viewer, caller.firm.firmId, "see");
  await expect(
    importCredentials(db(), { ...caller, actor: viewer, firm }, csv(PRIVATE_APP)),
  ).rejects.toMatchObject({
    code: "forbidden",
  });
});
