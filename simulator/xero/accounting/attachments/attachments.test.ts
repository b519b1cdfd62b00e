/** Files beside documents (xero-documents 11). */
import { request } from "node:http";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messages, openSale } from "../../test-books.ts";
import { type Desk, everyScope, openDesk } from "../../test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(`${everyScope} accounting.attachments`);
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

const pathOf = (id: string, name = "") =>
  `/Invoices/${id}/Attachments${name && `/${encodeURIComponent(name)}`}`;
const put = (id: string, name: string, body = "hello", query = "") =>
  desk.call("PUT", `${pathOf(id, name)}${query}`, { body, headers: { "content-type": "text/plain" } });
const names = async (id: string) =>
  (await desk.call("GET", pathOf(id))).body.Attachments.map(({ FileName }: { FileName: string }) => FileName);

test("a file is kept, listed, read, and replaced by one of its name", async () => {
  const { InvoiceID } = await openSale(desk, 10);
  const [made] = (await put(InvoiceID, "Fáktura 1.txt", "hello", "?IncludeOnline=true")).body.Attachments;
  expect(made).toEqual({
    ...{
      AttachmentID: expect.any(String),
      FileName: "Fáktura 1.txt",
      MimeType: "text/plain",
      ContentLength: 5,
    },
    Url: `${desk.url}/api.xro/2.0${pathOf(InvoiceID, "Fáktura 1.txt")}`,
  });
  const [replaced] = (await put(InvoiceID, "fáktura 1.txt", "good bye")).body.Attachments;
  expect([replaced.AttachmentID, await names(InvoiceID)]).toEqual([made.AttachmentID, ["fáktura 1.txt"]]);
  const read = await desk.call("GET", pathOf(InvoiceID, made.AttachmentID), { headers: { accept: "*/*" } });
  expect([read.status, read.headers["content-type"], read.text]).toEqual([200, "text/plain", "good bye"]);
  expect((await desk.call("GET", pathOf(InvoiceID, "other.txt"))).status).toBe(404);
  const found = await desk.call("GET", `/Invoices?page=1&where=HasAttachments==true`);
  expect(found.body.Invoices).toMatchObject([{ InvoiceID, HasAttachments: true }]);
  const { attachments } = await desk.control(`/xero/attachments?tenantId=${desk.au}&documentId=${InvoiceID}`);
  expect(attachments).toMatchObject([{ fileName: "fáktura 1.txt", includeOnline: false }]);
});

test("only a PUT to an invoice shows the file online", async () => {
  const { InvoiceID, Contact } = await openSale(desk, 10);
  const body = { Contact: { ContactID: Contact.ContactID } };
  const [{ PurchaseOrderID }] = (await desk.call("PUT", "/PurchaseOrders", { body })).body.PurchaseOrders;
  const kept = async (method: string, family: string, id: string) => {
    const path = `/${family}/${id}/Attachments/${method}.txt?IncludeOnline=true`;
    await desk.call(method, path, { body: "hello", headers: { "content-type": "text/plain" } });
    const { attachments } = await desk.control(`/xero/attachments?tenantId=${desk.au}&documentId=${id}`);
    return attachments.at(-1);
  };
  expect(await kept("PUT", "Invoices", InvoiceID)).toMatchObject({ includeOnline: true });
  expect(await kept("POST", "Invoices", InvoiceID)).toMatchObject({ includeOnline: false });
  expect(await kept("PUT", "PurchaseOrders", PurchaseOrderID)).toMatchObject({ includeOnline: false });
});

test("a document has ten at most", async () => {
  const { InvoiceID } = await openSale(desk, 10);
  for (let at = 1; at <= 10; at++) await put(InvoiceID, `${at}.txt`);
  expect(messages(await put(InvoiceID, "11.txt"))).toEqual([
    "A document can have a maximum of 10 attachments",
  ]);
  expect((await put(InvoiceID, "10.txt", "other")).status).toBe(200);
});

test.each([...'<>:"/\\|?*+\0'])("a name with %j is refused", async (sign) => {
  const { InvoiceID } = await openSale(desk, 10);
  const name = `a${sign}b.txt`;
  expect(messages(await put(InvoiceID, name))).toEqual([
    `The file name '${name}' contains invalid characters`,
  ]);
});

test("what is no kind of file, ends in a blank, has no document or no scope is refused too", async () => {
  const { InvoiceID } = await openSale(desk, 10);
  const notSupported = ["The file couldn't be uploaded because it isn't a supported file type"];
  expect(messages(await put(InvoiceID, "run.exe"))).toEqual(notSupported);
  expect(messages(await put(InvoiceID, "txt"))).toEqual(notSupported);
  expect((await put(InvoiceID, "a.txt ")).status).toBe(500);
  expect((await put("7b0a7b5e-0000-4000-8000-000000000000", "a.txt")).status).toBe(404);
  const other = await openDesk();
  expect((await other.call("GET", pathOf(InvoiceID))).status).toBe(401);
  await other.close();
});

test("more than 10 MB is 413", async () => {
  const { InvoiceID } = await openSale(desk, 10);
  const said = await new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${desk.token}`,
      "xero-tenant-id": desk.au,
      accept: "application/json",
    };
    const url = `${desk.url}/api.xro/2.0${pathOf(InvoiceID, "big.pdf")}`;
    const sent = request(url, { method: "PUT", agent: false, headers }, (incoming) => {
      json(incoming).then((body) => resolve({ status: incoming.statusCode, body }), reject);
    });
    sent.on("error", reject);
    sent.end(Buffer.alloc(10 * 1024 * 1024 + 1));
  });
  expect(said).toMatchObject({
    status: 413,
    body: { Title: "RequestEntityTooLarge", Detail: "PayloadTooLarge" },
  });
});
