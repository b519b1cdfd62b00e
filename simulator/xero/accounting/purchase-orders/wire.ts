/** Purchase orders as Xero prints them (REC purchase_order, purchase_order_create, purchase_orders_page). */
import { wallClock } from "../../dates.ts";
import type { Contact, Slot } from "../../model.ts";
import { requireOrganisation } from "../../organisations.ts";
import { contacts } from "../../store/books.ts";
import type { PurchaseOrder } from "../../store/order-model.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import { amount, dayPair, instant, rate, type Wire } from "../../wire.ts";
import { attachmentsOf, attachmentToWire, withAttachments } from "../attachments/find.ts";
import { rolesOf } from "../contacts/wire.ts";
import { type ShowLines, showLines } from "../invoices/lines-wire.ts";
import { totalDiscount } from "../invoices/wire.ts";

export type Detail = "listed" | "single" | "written";

/** Many at once, what is around them read once. */
export function ordersToWire(scope: Scope, rows: Stored<PurchaseOrder>[], detail: Detail): Wire[] {
  const ids = rows.map(({ contactId }) => contactId);
  const parties = contacts.among(scope, ids);
  const contactOf = contactsInOrders(scope, ids, detail);
  const show = showLines(scope);
  const attached = withAttachments(
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map((order) => {
    const contact = parties.get(order.contactId);
    return orderToWire(order, contact ? contactOf(contact) : {}, {
      ...{ detail, showLines: show, hasAttachments: attached.has(order.id) },
      attachments: detail === "single" ? attachmentsShown(scope, order) : [],
    });
  });
}

type As = { detail: Detail; showLines: ShowLines; hasAttachments: boolean; attachments: Wire[] };

const attachmentsShown = (scope: Scope, { id }: PurchaseOrder) =>
  attachmentsOf(scope, id).map((one) => attachmentToWire(scope, "PurchaseOrders", one));

function orderToWire(order: Stored<PurchaseOrder>, contact: Wire, as: As): Wire {
  const { detail, hasAttachments, attachments } = as;
  const discount = totalDiscount(order);
  const said = (name: string, value: string | undefined) => (value ? { [name]: value } : {});
  return {
    PurchaseOrderID: order.id,
    PurchaseOrderNumber: order.number,
    ...dayPair("Date", order.day),
    ...dayPair("DeliveryDate", order.deliveryDay),
    ...dayPair("ExpectedArrivalDate", order.arrivalDay),
    ...said("DeliveryAddress", order.deliveryAddress),
    ...said("AttentionTo", order.attentionTo),
    ...said("Telephone", order.telephone),
    ...said("DeliveryInstructions", order.deliveryInstructions),
    HasErrors: false,
    IsDiscounted: discount > 0,
    ...((discount > 0 || detail === "written") && { TotalDiscount: amount(discount) }),
    ...(detail !== "listed" && { SentToContact: order.sentToContact }),
    ...said("Reference", order.reference),
    Type: "PURCHASEORDER",
    CurrencyRate: rate(order.rate),
    CurrencyCode: order.currency,
    Contact: contact,
    ...said("BrandingThemeID", order.themeId),
    Status: order.status,
    LineAmountTypes: order.lineAmountType,
    LineItems: as.showLines(order, 4).map(({ ValidationErrors: _, ...shown }) => shown),
    SubTotal: amount(order.subTotal),
    TotalTax: amount(order.totalTax),
    Total: amount(order.total),
    UpdatedDateUTC: instant(order.updatedAt),
    ...(detail !== "written" && { HasAttachments: hasAttachments }),
    ...(detail === "single" && { Attachments: attachments }),
  };
}

/** The contact inside an order: its time is the organisation's wall clock, labelled as UTC (xero-documents 4, REC). */
function contactsInOrders(scope: Scope, ids: string[], detail: Detail): (contact: Stored<Contact>) => Wire {
  const { timezone, baseCurrency } = requireOrganisation(scope);
  const roles = rolesOf(scope, ids);
  const isListed = detail === "listed";
  return (contact) => {
    const { isSupplier, isCustomer } = roles(contact.id);
    return {
      ...{ ContactID: contact.id, ContactStatus: contact.status, Name: contact.name },
      ...(contact.firstName && { FirstName: contact.firstName }),
      ...(contact.lastName && { LastName: contact.lastName }),
      ...(!isListed && { EmailAddress: contact.email ?? "" }),
      ...(!isListed && { BankAccountDetails: contact.more?.BankAccountDetails ?? "" }),
      Addresses: contact.addresses.filter(isFilled),
      Phones: contact.phones.filter(isFilled),
      UpdatedDateUTC: instant(wallClock(timezone, contact.updatedAt)),
      ContactGroups: [],
      ...(!isListed && { IsSupplier: isSupplier, IsCustomer: isCustomer }),
      DefaultCurrency: contact.defaultCurrency ?? baseCurrency,
      ...(!isListed && { SalesTrackingCategories: [], PurchasesTrackingCategories: [] }),
      ContactPersons: [],
      HasValidationErrors: false,
    };
  };
}

const isFilled = (slot: Slot) =>
  Object.entries(slot).some(([name, value]) => !name.endsWith("Type") && value !== "");
