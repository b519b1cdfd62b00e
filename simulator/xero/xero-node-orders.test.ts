/** The official client walks what lines and orders are made of: tracking, items, tax rates, purchase orders. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  AccountingApi,
  Invoice,
  LineAmountTypes,
  PurchaseOrder,
  TaxRate,
  TrackingCategory,
  TrackingOption,
} from "xero-node";
import { type Desk, everyScope, openDesk } from "./test-desk.ts";

let desk: Desk;
let api: AccountingApi;
let au: string;
let us: string;
beforeAll(async () => {
  desk = await openDesk(`${everyScope} accounting.attachments`);
  api = new AccountingApi(`${desk.url}/api.xro/2.0`);
  api.accessToken = desk.token;
  au = desk.au;
  const { organisations } = await desk.control("/xero/organisations");
  us = organisations.find(({ country }: { country: string }) => country === "US").tenantId;
});
beforeEach(() => desk.control("/xero/forget-usage", {}));
afterAll(() => desk.close());

/** The only element of an answer's list. */
function only<T>(list: T[] | undefined): T {
  expect(list).toHaveLength(1);
  return (list as [T])[0];
}
const id = (value: string | undefined) => value ?? "";

test("TrackingCategories", async () => {
  const { body } = await api.createTrackingCategory(us, { name: "Van" }, "sdk-category");
  const categoryId = id(only(body.trackingCategories).trackingCategoryID);
  const add = async (name: string) =>
    only((await api.createTrackingOptions(us, categoryId, { name })).body.options);
  const blue = await add("Blue");
  expect(blue).toMatchObject({ name: "Blue", status: TrackingOption.StatusEnum.ACTIVE });
  const blueId = id(blue.trackingOptionID);
  const renamed = await api.updateTrackingOptions(us, categoryId, blueId, { name: "Blue van" });
  expect(only(renamed.body.options).name).toBe("Blue van");
  await api.updateTrackingCategory(us, categoryId, { name: "Vehicle" });
  const found = (await api.getTrackingCategories(us, 'Name=="Vehicle"', "Name ASC", true)).body;
  expect(only(only(found.trackingCategories).options).trackingOptionID).toBe(blueId);

  const invoice: Invoice = {
    ...{ type: Invoice.TypeEnum.ACCREC, contact: { name: "Cedar Street Dental" } },
    lineAmountTypes: LineAmountTypes.NoTax,
    lineItems: [
      {
        ...{ description: "Delivery", unitAmount: 5, accountCode: "200" },
        tracking: [{ trackingCategoryID: categoryId, trackingOptionID: blueId }],
      },
    ],
  };
  const { invoices } = (await api.createInvoices(us, { invoices: [invoice] })).body;
  expect(only(only(invoices).lineItems).tracking).toMatchObject([{ name: "Vehicle", option: "Blue van" }]);

  const red = await add("Red");
  const gone = await api.deleteTrackingOptions(us, categoryId, id(red.trackingOptionID));
  expect(only(gone.body.options).status).toBe(TrackingOption.StatusEnum.DELETED);
  const archived = { status: TrackingCategory.StatusEnum.ARCHIVED };
  const after = await api.updateTrackingCategory(us, categoryId, archived);
  expect(only(after.body.trackingCategories)).toMatchObject(archived);
  expect(only((await api.getTrackingCategory(us, categoryId)).body.trackingCategories)).toMatchObject(
    archived,
  );
  const free = only((await api.createTrackingCategory(us, { name: "Free" })).body.trackingCategories);
  const { trackingCategories } = (await api.deleteTrackingCategory(us, id(free.trackingCategoryID))).body;
  expect(only(trackingCategories).status).toBe(TrackingCategory.StatusEnum.DELETED);
});

test("Items", async () => {
  const sold = { unitPrice: 12.3456, accountCode: "200", taxType: "OUTPUT" };
  const draft = { code: "SDK-1", name: "By the SDK", description: "An hour", salesDetails: sold };
  const { items } = (await api.createItems(au, { items: [draft] }, true, 4, "sdk-item")).body;
  const made = only(items);
  expect(made).toMatchObject({ ...draft, isSold: true, isTrackedAsInventory: false });
  expect(made.updatedDateUTC).toEqual(expect.any(Date));
  const itemId = id(made.itemID);
  const changed = { items: [{ code: "SDK-1", name: "Changed" }] };
  expect(only((await api.updateItem(au, itemId, changed)).body.items).name).toBe("Changed");
  const both = { items: [{ code: "SDK-1" }, { code: "SDK-2" }] };
  expect((await api.updateOrCreateItems(au, both)).body.items).toHaveLength(2);
  const found = await api.getItems(au, new Date("2020-01-01"), 'Code=="SDK-1"', "Code ASC", 4);
  expect(only(found.body.items).salesDetails?.unitPrice).toBe(12.3456);
  expect(only((await api.getItem(au, "SDK-1")).body.items).itemID).toBe(itemId);
  await api.createItemHistory(au, itemId, { historyRecords: [{ details: "from the SDK" }] });
  const { historyRecords } = (await api.getItemHistory(au, itemId)).body;
  expect(historyRecords?.[0]?.details).toBe("from the SDK");
  await api.deleteItem(au, itemId);
  expect((await api.getItems(au, undefined, 'Code=="SDK-1"')).body.items).toEqual([]);
});

test("a tracked item is bought, renamed and sold, and no more than there is", async () => {
  const { ACCPAY, ACCREC } = Invoice.TypeEnum;
  const tracked = {
    ...{ code: "SDK-STOCK", name: "By the box", inventoryAssetAccountCode: "630" },
    ...{ salesDetails: { accountCode: "200" }, purchaseDetails: { cOGSAccountCode: "310" } },
  };
  const { itemID } = only((await api.createItems(au, { items: [tracked] })).body.items);
  const trade = (type: Invoice.TypeEnum, quantity: number, code: string): Invoice => ({
    ...{ type, contact: { name: "Bayside Club" }, status: Invoice.StatusEnum.AUTHORISED },
    ...{ dueDate: "2030-01-01", lineAmountTypes: LineAmountTypes.Exclusive },
    lineItems: [{ description: "Boxes", itemCode: code, quantity, unitAmount: 2.5 }],
  });
  const make = async (invoice: Invoice) =>
    only((await api.createInvoices(au, { invoices: [invoice] })).body.invoices);
  const stock = async () => {
    const { quantityOnHand, totalCostPool } = only((await api.getItem(au, id(itemID))).body.items);
    return [quantityOnHand, totalCostPool];
  };
  const bought = await make(trade(ACCPAY, 4, "SDK-STOCK"));
  expect(await stock()).toEqual([4, 10]);
  await api.updateItem(au, id(itemID), { items: [{ code: "SDK-BOX", name: "Box" }] });
  const read = only((await api.getInvoice(au, id(bought.invoiceID))).body.invoices);
  const item = { itemID, code: "SDK-BOX", name: "Box" };
  expect(only(read.lineItems)).toMatchObject({ itemCode: "SDK-BOX", item, accountCode: "630" });
  const sold = await make(trade(ACCREC, 3, "SDK-BOX"));
  expect(await stock()).toEqual([1, 2.5]);
  await expect(make(trade(ACCREC, 2, "SDK-BOX"))).rejects.toContain("with a zero quantity but a total value");
  await expect(api.deleteItem(au, id(itemID))).rejects.toContain("cannot be deleted");
  const voided = { invoices: [{ status: Invoice.StatusEnum.VOIDED }] };
  await api.updateInvoice(au, id(sold.invoiceID), voided);
  expect(await stock()).toEqual([4, 10]);
});

test("a tax does not go with every account", async () => {
  const line = { description: "x", unitAmount: 5, accountCode: "453", taxType: "OUTPUT" };
  const bill = { type: Invoice.TypeEnum.ACCPAY, contact: { name: "Bayside Club" }, lineItems: [line] };
  await expect(api.createInvoices(au, { invoices: [bill] })).rejects.toContain(
    "The TaxType code 'OUTPUT' cannot be used with account code '453'.",
  );
  const { taxRates } = (await api.getTaxRateByTaxType(au, "OUTPUT")).body;
  expect(only(taxRates)).toMatchObject({ canApplyToRevenue: true, canApplyToExpenses: false });
});

test("PurchaseOrders", async () => {
  const { contacts } = (await api.getContacts(au, undefined, 'Name=="Bayside Club"')).body;
  const { AUTHORISED, BILLED, SUBMITTED } = PurchaseOrder.StatusEnum;
  const order: PurchaseOrder = {
    ...{
      contact: { contactID: id(only(contacts).contactID) },
      purchaseOrderNumber: "SDK-PO",
      status: SUBMITTED,
    },
    ...{ date: "2026-11-20", deliveryDate: "2026-12-01", reference: "desk 7", attentionTo: "Front desk" },
    lineAmountTypes: LineAmountTypes.Exclusive,
    lineItems: [{ description: "Chairs", quantity: 3, unitAmount: 12.3456, accountCode: "453" }],
  };
  const purchaseOrders = { purchaseOrders: [order] };
  const make = async () =>
    only((await api.createPurchaseOrders(au, purchaseOrders, true, "sdk-po")).body.purchaseOrders);
  const made = await make();
  expect((await make()).purchaseOrderID).toBe(made.purchaseOrderID);
  expect(made).toMatchObject({ status: SUBMITTED, subTotal: 37.04, totalTax: 3.7, total: 40.74 });
  expect(only(made.lineItems)).toMatchObject({ unitAmount: 12.3456, taxType: "INPUT" });
  const orderId = id(made.purchaseOrderID);

  const approved = { purchaseOrders: [{ status: AUTHORISED, sentToContact: true }] };
  const after = only((await api.updatePurchaseOrder(au, orderId, approved)).body.purchaseOrders);
  expect(after).toMatchObject({ status: AUTHORISED, sentToContact: true, lineItems: made.lineItems });
  const billed = { purchaseOrders: [{ purchaseOrderNumber: "SDK-PO", status: BILLED }] };
  expect(only((await api.updateOrCreatePurchaseOrders(au, billed)).body.purchaseOrders).status).toBe(BILLED);
  const read = only((await api.getPurchaseOrderByNumber(au, "SDK-PO")).body.purchaseOrders);
  expect(read).toMatchObject({ purchaseOrderID: orderId, reference: "desk 7", hasAttachments: false });
  expect(only((await api.getPurchaseOrder(au, orderId)).body.purchaseOrders).total).toBe(40.74);
  const [from, to] = ["2026-11-20", "2026-11-20"];
  const listed = await api.getPurchaseOrders(
    au,
    new Date("2020-01-01"),
    "BILLED",
    from,
    to,
    "Date DESC",
    1,
    10,
  );
  expect(only(listed.body.purchaseOrders).purchaseOrderNumber).toBe("SDK-PO");
  expect(listed.body.pagination).toMatchObject({ page: 1, pageSize: 10, itemCount: 1 });
  await api.createPurchaseOrderHistory(au, orderId, { historyRecords: [{ details: "from the SDK" }] });
  const { historyRecords } = (await api.getPurchaseOrderHistory(au, orderId)).body;
  expect(historyRecords?.[0]?.details).toBe("from the SDK");
});

test("TaxRates", async () => {
  const component = { name: "GST", rate: 12.5, isCompound: false, isNonRecoverable: false };
  const { OUTPUT } = TaxRate.ReportTaxTypeEnum;
  const rate: TaxRate = { name: "SDK sales", reportTaxType: OUTPUT, taxComponents: [component] };
  const { taxRates } = (await api.createTaxRates(au, { taxRates: [rate] }, "sdk-tax")).body;
  const made = only(taxRates);
  expect(made).toMatchObject({ ...rate, taxType: "TAX001", effectiveRate: 12.5, canApplyToExpenses: false });
  const DELETED = TaxRate.StatusEnum.DELETED;
  const gone = await api.updateTaxRate(au, { taxRates: [{ name: "SDK sales", status: DELETED }] });
  expect(only(gone.body.taxRates)).toMatchObject({ status: DELETED, taxType: "TAX001" });
});

test("Attachments", async () => {
  const [contact] = (await api.getContacts(au, undefined, 'Name=="Bayside Club"')).body.contacts ?? [];
  const lineItems = [{ description: "Chairs", unitAmount: 10 }];
  const order = { contact: { contactID: id(contact?.contactID) }, lineItems };
  const made = only((await api.createPurchaseOrders(au, { purchaseOrders: [order] })).body.purchaseOrders);
  const orderId = id(made.purchaseOrderID);
  const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0a]);
  const pdf = { headers: { "content-type": "application/pdf" } };
  const put = await api.createPurchaseOrderAttachmentByFileName(
    au,
    orderId,
    "order 1.pdf",
    bytes,
    "sdk-a",
    pdf,
  );
  const attachment = only(put.body.attachments);
  expect(attachment).toMatchObject({
    fileName: "order 1.pdf",
    contentLength: 7,
    mimeType: "application/pdf",
  });
  const again = await api.updatePurchaseOrderAttachmentByFileName(
    au,
    orderId,
    "order 1.pdf",
    bytes,
    undefined,
    pdf,
  );
  expect(only(again.body.attachments).attachmentID).toBe(attachment.attachmentID);
  expect(only((await api.getPurchaseOrderAttachments(au, orderId)).body.attachments)).toMatchObject(
    attachment,
  );
  const read = await api.getPurchaseOrderAttachmentById(
    au,
    orderId,
    id(attachment.attachmentID),
    "application/pdf",
  );
  expect(Buffer.from(read.body)).toEqual(bytes);
  const whole = only((await api.getPurchaseOrder(au, orderId)).body.purchaseOrders);
  expect([whole.hasAttachments, only(whole.attachments).fileName]).toEqual([true, "order 1.pdf"]);

  const [sale] = (await api.getInvoices(au, undefined, 'InvoiceNumber=="INV-2009"')).body.invoices ?? [];
  const invoiceId = id(sale?.invoiceID);
  await api.createInvoiceAttachmentByFileName(au, invoiceId, "terms.pdf", bytes, true, undefined, pdf);
  expect(only((await api.getInvoiceAttachments(au, invoiceId)).body.attachments).fileName).toBe("terms.pdf");
  const byName = await api.getInvoiceAttachmentByFileName(au, invoiceId, "terms.pdf", "application/pdf");
  expect(Buffer.from(byName.body)).toEqual(bytes);
  expect(only((await api.getInvoice(au, invoiceId)).body.invoices).hasAttachments).toBe(true);
});
