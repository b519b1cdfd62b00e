/** E-mails of invoices: to whom, of which, and how many a day. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages, openSale } from "../../test-books.ts";
import { type Desk, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const mail = (id: string, tenantId = desk.au) =>
  desk.call("POST", `/Invoices/${id}/Email`, { body: {}, tenantId });
const EmailAddress = "ann@bay.example";

test("goes to the contact and to the persons who are to be included, with the online address", async () => {
  const ContactPersons = [
    { FirstName: "Joe", EmailAddress: "joe@bay.example", IncludeInEmails: true },
    { FirstName: "Eve", EmailAddress: "eve@bay.example" },
  ];
  const { InvoiceID, InvoiceNumber } = await openSale(desk, 70, {
    ...{ Status: "SUBMITTED", Contact: { Name: "Bay Ltd", EmailAddress, ContactPersons } },
  });
  expect((await mail(InvoiceID)).status).toBe(204);
  const { messages: sent } = await desk.control(`/mail?subject=${InvoiceNumber}`);
  const { body } = await desk.call("GET", `/Invoices/${InvoiceID}/OnlineInvoice`);
  expect(sent).toMatchObject([
    { to: [EmailAddress, "joe@bay.example"], subject: expect.stringContaining("Bay Ltd") },
  ]);
  expect(sent[0].text).toContain(body.OnlineInvoices[0].OnlineInvoiceUrl);
});

test("is refused of a draft, to nobody, and in a demo company", async () => {
  const draft = await openSale(desk, 70, { Status: "DRAFT", Contact: { Name: "Cay Ltd", EmailAddress } });
  expect((await mail(draft.InvoiceID)).status).toBe(400);
  const nobody = await openSale(desk, 70);
  expect(messages(await mail(nobody.InvoiceID))).toEqual(["The contact has no email address"]);
  const { InvoiceID } = await openSale(desk, 70, { Contact: { Name: "Day Ltd", EmailAddress } });
  const { organisations } = await desk.control("/xero/organisations");
  expect(organisations.find((one: { tenantId: string }) => one.tenantId === desk.au).isDemo).toBe(false);
  await desk.control("/xero/organisation", { tenantId: desk.au, isDemo: true });
  expect(messages(await mail(InvoiceID))).toEqual([
    "The daily email limit of this organisation has been reached",
  ]);
});
