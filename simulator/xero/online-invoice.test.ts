import { afterAll, beforeAll, expect, test } from "vitest";
import { faultsOfPaymentUrl, renderPaymentUrl } from "./payment-url.ts";
import { type Desk, openDesk } from "./test-desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const template =
  "http://localhost:3000/pay/quickfee/demo?c=[CURRENCY]&a=[AMOUNTDUE]&o=[SHORTCODE]&n=[INVOICENUMBER]";

async function pageOf(number: string) {
  const path = `/Invoices/${encodeURIComponent(number)}/OnlineInvoice`;
  const [{ OnlineInvoiceUrl }] = (await desk.call("GET", path)).body.OnlineInvoices;
  expect(OnlineInvoiceUrl).toMatch(/\/online-invoice\/[A-Za-z0-9]{40}$/);
  return (await fetch(OnlineInvoiceUrl)).text();
}

const link = (page: string) =>
  /class="button" href="([^"]*)"/
    .exec(page)?.[1]
    ?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

test("a payer sees the invoice and, once the URL is set, a Pay now link for what is due", async () => {
  expect(link(await pageOf("INV-2017"))).toBeUndefined();
  const settings = `${desk.url}/settings-online-payments/${desk.au}`;
  const { brandingThemes } = await desk.control(`/xero/branding-themes?tenantId=${desk.au}`);
  const fields: [string, string][] = [
    ["name", "Counterfoil"],
    ["payNowText", "Pay now"],
    ["url", template],
  ];
  const themes = brandingThemes.map(({ id }: { id: string }): [string, string] => ["themeIds", id]);
  const body = new URLSearchParams([...fields, ...themes]);
  expect((await fetch(settings, { method: "POST", body, redirect: "manual" })).status).toBe(303);
  expect(await (await fetch(settings)).text()).toContain("Counterfoil");

  const page = await pageOf("INV-2017");
  expect(page).toContain("200.00 AUD");
  expect(link(page)).toBe("http://localhost:3000/pay/quickfee/demo?c=AUD&a=200.00&o=!dM0aU&n=INV-2017");
  await desk.control("/xero/pay", { tenantId: desk.au, invoice: "INV-2017", amount: 150, account: "090" });
  expect(link(await pageOf("INV-2017"))).toContain("a=50.00&");
  await desk.control("/xero/pay", { tenantId: desk.au, invoice: "INV-2017", amount: 50, account: "090" });
  expect(link(await pageOf("INV-2017"))).toBeUndefined();
});

test("odd numbers come encoded or raw, as is switched", async () => {
  expect(link(await pageOf("INV/2026 #7"))).toContain("n=INV%2F2026%20%237");
  await desk.control("/xero/settings", { linkMode: "raw" });
  expect(link(await pageOf("INV/2026 #7"))).toContain("n=INV/2026 #7");
  await desk.control("/xero/settings", { linkMode: "encoded" });
});

test("names are shown as they are written, never as markup", async () => {
  const page = await pageOf("INV+8 & co");
  expect(page).toContain("&#60;b&#62;O&#39;Brien");
  expect(page).not.toContain("<b>O");
});

test("nobody sees a draft, and a guessed address is a 404", async () => {
  expect((await desk.call("GET", "/Invoices/INV-1916/OnlineInvoice")).status).toBe(400);
  expect((await fetch(`${desk.url}/online-invoice/${"a".repeat(40)}`)).status).toBe(404);
});

test("the settings page takes what Xero would take", async () => {
  expect(faultsOfPaymentUrl(template)).toEqual([]);
  expect(faultsOfPaymentUrl("https://pay.example/?i=[INVOICEID]")).toEqual([]);
  expect(faultsOfPaymentUrl("http://pay.example/")).toHaveLength(1);
  expect(faultsOfPaymentUrl("pay.example")).toHaveLength(1);
  expect(faultsOfPaymentUrl("https://pay.example/?e=[EMAIL]")).toHaveLength(1);
  const values = { INVOICENUMBER: "$& 1", CURRENCY: "", AMOUNTDUE: "", SHORTCODE: "", INVOICEID: "" };
  expect(renderPaymentUrl("https://x/?n=[INVOICENUMBER]", values, "raw")).toBe("https://x/?n=$& 1");
});

test("the books show each sale with its payments, and find by number, reference or contact", async () => {
  const books = async (find: string) =>
    (await fetch(`${desk.url}/books/${desk.au}?find=${encodeURIComponent(find)}`)).text();
  await desk.control("/xero/pay", {
    tenantId: desk.au,
    invoice: "INV,77",
    amount: 7,
    account: "090",
    reference: "cf_9",
  });
  expect(await books("INV,77")).toContain("cf_9");
  const bayside = await books("bayside");
  expect(bayside).toContain("INV-2009");
  expect(bayside).not.toContain("INV,77");
});
