import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { makeActor, makeCompany, warmUp } from "#lib/testing/staff.ts";
import { type FirmCaller, requireFirm } from "./authorise.ts";
import { currentTerms, findFirmForPayer, findLogo, readFirmSettings } from "./read.ts";
import { type FirmProfile, publishTerms, savePrivacy, saveProfile } from "./save-settings.ts";

const db = testDb();
const PNG = Buffer.from("\x89PNG\r\n\x1a\n0000", "latin1");
const profile: FirmProfile = {
  name: "Demo Accountants",
  accent: "#1f5443",
  supportEmail: "help@demo.example",
  supportPhone: null,
  logo: { kind: "replace", bytes: PNG },
};
let owner: FirmCaller;
let staff: FirmCaller;

beforeAll(async () => {
  const { firmIds } = await makeCompany(db(), "quickfee", ["demo", "harbour"]);
  const firmId = firmIds.demo ?? "";
  const as = async (name: string, role: "owner" | "staff"): Promise<FirmCaller> => {
    const actor = await makeActor(db(), name, [{ firmId, role }]);
    return { actor, firm: await requireFirm(db(), actor, firmId, "see"), ip: "192.0.2.1" };
  };
  owner = await as("Olga", "owner");
  staff = await as("Stan", "staff");
});

const payers = () => findFirmForPayer(db(), "quickfee", "demo");

test("payers see the profile that an owner saved, and the logo until it is removed", async () => {
  await saveProfile(db(), owner, profile);
  expect(await payers()).toMatchObject({
    name: "Demo Accountants",
    accent: "#1f5443",
    supportEmail: "help@demo.example",
    hasLogo: true,
  });
  await saveProfile(db(), owner, { ...profile, logo: { kind: "keep" } });
  expect(await findLogo(db(), "quickfee", "demo")).toEqual({ type: "image/png", bytes: PNG });
  await saveProfile(db(), owner, { ...profile, logo: { kind: "remove" } });
  expect((await payers())?.hasLogo).toBe(false);
  expect(await findLogo(db(), "quickfee", "demo")).toBeNull();
  expect(await findFirmForPayer(db(), "quickfee", "harbour")).toMatchObject({ name: "harbour" });
});

test("a logo that is no picture is refused", async () => {
  const bytes = Buffer.from("<svg onload=alert(1)>");
  await expect(
    saveProfile(db(), owner, { ...profile, logo: { kind: "replace", bytes } }),
  ).rejects.toMatchObject({
    code: "invalid",
    field: "logo",
  });
});

test("links are opened only by an owner who says that they understand", async () => {
  await expect(savePrivacy(db(), owner, { privacy: "open", understood: false })).rejects.toMatchObject({
    field: "understood",
  });
  expect((await payers())?.privacy).toBe("code");
  await savePrivacy(db(), owner, { privacy: "open", understood: true });
  expect((await payers())?.privacy).toBe("open");
  await savePrivacy(db(), owner, { privacy: "code", understood: false });
  expect((await payers())?.privacy).toBe("code");
});

test("new terms are a new version with the hash of their text; the old one stays", async () => {
  expect(await publishTerms(db(), owner, " Pay within a week.\r\nThank you. ")).toBe(2);
  const terms = await currentTerms(db(), owner.firm.firmId);
  expect(terms).toMatchObject({ version: 2, body: "Pay within a week.\nThank you." });
  await expect(publishTerms(db(), owner, "Pay within a week.\nThank you.")).rejects.toMatchObject({
    field: "body",
  });
  const { rows } = await db().execute(
    sql`select version, sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex') as proved from terms_versions
        where firm_id = ${owner.firm.firmId} order by version`,
  );
  expect(rows).toEqual([
    { version: 1, proved: true },
    { version: 2, proved: true },
  ]);
});

test("terms published thrice at once get three numbers", async () => {
  await warmUp(db());
  const versions = await Promise.all(
    ["One.", "Two.", "Three."].map((body) => publishTerms(db(), owner, body)),
  );
  expect(versions.sort()).toEqual([3, 4, 5]);
});

test("staff change none of it, nor read it", async () => {
  const attempts = [
    () => saveProfile(db(), staff, profile),
    () => savePrivacy(db(), staff, { privacy: "code", understood: true }),
    () => publishTerms(db(), staff, "Ours."),
    () => readFirmSettings(db(), staff.firm),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
});
