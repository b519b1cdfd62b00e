/** The pages on which a person does what the API can't. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSale } from "../test-books.ts";
import { type Desk, openDesk } from "../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const get = async (path: string) => (await fetch(`${desk.url}/books/${desk.au}${path}`)).text();
/** Presses the button of the form whose button says so, with what was typed: the page it leads to. */
async function press(path: string, button: string, typed: Record<string, string> = {}): Promise<string> {
  const form = (await get(path))
    .split("<form")
    .find((one) => one.split("</form>")[0]?.includes(`>${button}</button>`));
  if (!form) throw new Error(`No form has a button ${button}`);
  const action = /action="([^"]+)"/.exec(form)?.[1] ?? "";
  const inputs = [...form.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
  const chosen = [...form.matchAll(/<select[^>]*name="([^"]+)".*?<\/select>/gs)].map(([whole, name]) => [
    name,
    /<option value="([^"]*)" selected/.exec(whole)?.[1] ?? /<option value="([^"]*)"/.exec(whole)?.[1] ?? "",
  ]);
  const body = new URLSearchParams({
    ...Object.fromEntries(inputs.map(([, name, value]) => [name, value])),
    ...Object.fromEntries(chosen),
    ...typed,
  });
  return (await fetch(desk.url + action, { method: "POST", body })).text();
}
const read = async (id: string) => (await desk.call("GET", `/Invoices/${id}`)).body.Invoices[0];

test("the list says of each invoice whose it is, when, how much, what is paid and how it stands", async () => {
  const number = `LONG-${"9".repeat(250)}`;
  const { InvoiceID } = await openSale(desk, 321.5, {
    InvoiceNumber: number,
    Contact: { Name: "Listed Ltd" },
  });
  await desk.control("/xero/pay", { tenantId: desk.au, invoice: InvoiceID, amount: 21.5, account: "090" });
  const row = (await get("?find=LONG-")).split("<tr>").find((one) => one.includes("Listed Ltd")) ?? "";
  for (const said of ["1 Nov 2026", "15 Nov 2026", "321.50 AUD", "21.50", "300.00", "AUTHORISED", number])
    expect(row).toContain(said);
});

test("a part-paid invoice is moved to another contact, renumbered, and its lines are edited", async () => {
  const { InvoiceID } = await openSale(desk, 100);
  const path = `/invoices/${InvoiceID}`;
  const { contacts } = await desk.control(`/xero/contacts?tenantId=${desk.au}&name=Bayside%20Club`);
  expect(await press(path, "Add payment", { amount: "40.00" })).toContain("Saved");
  const moved = { contact: contacts[0].id, number: "MOVED-1", dueDate: "2027-01-31", reference: "PO 9" };
  await press(path, "Save", moved);
  await press(path, "Save lines", { description: "Other work" });
  expect(await read(InvoiceID)).toMatchObject({
    ...{ InvoiceNumber: "MOVED-1", Reference: "PO 9", DueDateString: "2027-01-31T00:00:00", AmountDue: 60 },
    ...{ Contact: { Name: "Bayside Club" }, LineItems: [{ Description: "Other work" }] },
  });
  expect(await press(path, "Add payment", { amount: "900" })).toContain("That much is not due");
  await press(path, "Remove");
  expect(await read(InvoiceID)).toMatchObject({ AmountDue: 100 });
  await press(path, "Void this invoice");
  expect(await read(InvoiceID)).toMatchObject({ Status: "VOIDED" });
});

test("books are locked and opened, contacts and accounts archived and restored", async () => {
  await press("/settings", "Save", { periodLockDate: "2026-10-31" });
  const organisation = async () => (await desk.call("GET", "/Organisation")).body.Organisations[0];
  expect(await organisation()).toHaveProperty("PeriodLockDate");
  await press("/settings", "Save", { periodLockDate: "" });
  expect(await organisation()).not.toHaveProperty("PeriodLockDate");
  const find = "/contacts?find=Bayside%20Club";
  await press(find, "Archive");
  expect(await get(find)).toContain("ARCHIVED");
  await press(find, "Restore");
  expect(await get(find)).toContain("ACTIVE");
});
