import { arrive } from "./support/arrive.ts";
import { newCompany, ready } from "./support/company.ts";
import { expect, test } from "./support/fixtures.ts";
import { connectXero, ORGANISATION, sendCompanyApp, signIn, signOut } from "./support/staff.ts";

const FINGERPRINT = Array(20).fill("3A").join(":");
const HEAD = "kind,consumerKey,endedOn,certificateSubject,certificateExpiresOn,fingerprint,privateKey";
const OLD = `${HEAD}
oauth1,P0INTOFRENTALKEY,2021-12-31,,,,
x509,QU00XPRIVATEAPP,,CN=Quoox,2021-06-30,${FINGERPRINT},CANARY-PRIVATE-KEY`;

const csv = (text: string) => ({ name: "file.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

test("R1, G1: old credentials are imported, told as retired, and lead to the new consent", async ({
  page,
  ground,
}) => {
  const company = await newCompany(ground);
  const { place } = company;
  await signIn(page, company.staff);
  await page.goto(`/firms/${place}/settings/xero`);
  await page.getByRole("link", { name: "Import old credentials from a file" }).click();
  await arrive(page, "Import old credentials");
  const submit = page.getByRole("button", { name: "Import" });

  await test.step("nothing at all", async () => {
    await submit.click();
    await expect(page.locator("#file-error")).toContainText("Choose a file, or paste its text.");
  });
  await test.step("all faults of a file at once, and nothing stored", async () => {
    await page
      .getByLabel("File", { exact: true })
      .setInputFiles(csv(`${HEAD}\noauth1,,yesterday,,,,\nx509,K,,CN=x,2021-06-30,short,`));
    await submit.click();
    await expect(page.getByText("3 faults; nothing was imported.")).toBeVisible();
    for (const fault of ["line 2, consumerKey:", "line 2, endedOn:", "line 3, fingerprint:"])
      await expect(page.getByRole("listitem").filter({ hasText: fault })).toBeVisible();
    expect(await ground.query("select 1 from xero_apps where firm_id = $1", [company.firmId])).toEqual([]);
  });
  await test.step("a good one, with a private key that is kept nowhere; the same again changes nothing", async () => {
    await page.getByLabel("File", { exact: true }).setInputFiles(csv(OLD));
    await submit.click();
    await expect(page.getByText("New on file: 2.")).toBeVisible();
    await expect(page.getByText("line 3, privateKey: left out and not kept.")).toBeVisible();
    await page.getByLabel("Or its text").fill(OLD);
    await submit.click();
    await expect(page.getByText("Nothing is new: all of it is on file.")).toBeVisible();
    expect(await page.content()).not.toContain("CANARY-PRIVATE-KEY");
  });

  await page.getByRole("link", { name: "Xero app" }).click();
  await arrive(page, "Xero app");
  const retired = page.locator("#retired");
  for (const fact of [
    "P0INTOFRENTALKEY",
    "Its token ended on 31 Dec 2021",
    "QU00XPRIVATEAPP",
    "A private app with its own certificate, retired by Xero: it can't be used any more.",
    "CN=Quoox",
  ])
    await expect(retired).toContainText(fact);
  await expect(retired.getByRole("link", { name: "a custom connection" })).toBeVisible();
  await page.goto(`/firms/${place}/connections`);
  await expect(page.getByText("An old credential is on file")).toBeVisible();

  await signOut(page);
  await signIn(page, company.broker);
  await sendCompanyApp(page, place, company.app);
  await expect(page.getByText("Saved. Xero took")).toBeVisible();
  await page.reload();
  await arrive(page, "Xero app");
  await retired.getByRole("button", { name: "Connect Xero" }).click();
  await page.waitForURL(/\/identity\//);
});

test("C3: record links are assigned to the chosen organisation, checked against its books; twice changes nothing", async ({
  page,
  ground,
}) => {
  const { place, firmId } = await ready(page, ground);
  await connectXero(page, ground, place, "lakeview");
  const [contact] = await ground.query<{ id: string }>(
    "select contact_id id from contacts where firm_id = $1 limit 1",
    [firmId],
  );
  const text = `system,kind,theirId,xeroId
suitecrm,contact,1042,${contact?.id}
suitecrm,contact,1043,70784a63-d24b-46a9-a4db-0e70a274b056
suitecrm,item,7,70784a63-d24b-46a9-a4db-0e70a274b056`;
  await page.getByRole("link", { name: "Bring over links from another system" }).click();
  await arrive(page, "Migrate");
  const submit = page.getByRole("button", { name: "Check and import" });
  await expect(page.getByLabel("Organisation")).toContainText(ORGANISATION.lakeview);

  await page
    .getByLabel("File", { exact: true })
    .setInputFiles(csv(text.replace("contact,1042", "customer,1042")));
  await submit.click();
  await expect(page.getByText("One fault; nothing was imported.")).toBeVisible();
  await expect(page.getByText(/^line 2, kind: Write one of contact/).first()).toBeVisible();

  await page.getByLabel("File", { exact: true }).setInputFiles(csv(text));
  await submit.click();
  await expect(
    page.getByText(`${ORGANISATION.lakeview}: 2 imported, 0 on file before, 1 skipped.`),
  ).toBeVisible();
  await expect(
    page.getByText(`line 3, contact 1043: Xero's id is not in the books of ${ORGANISATION.lakeview}.`),
  ).toBeVisible();
  await expect(page.getByRole("table")).toContainText("suitecrm");
  await arrive(page, "Migrate");

  const before = await ground.query("select * from record_links where firm_id = $1 order by id", [firmId]);
  expect(before).toHaveLength(2);
  await page.getByLabel("Or its text").fill(text);
  await submit.click();
  await expect(page.getByText(": 0 imported, 2 on file before, 1 skipped.")).toBeVisible();
  expect(await ground.query("select * from record_links where firm_id = $1 order by id", [firmId])).toEqual(
    before,
  );
});
