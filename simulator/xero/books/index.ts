import type { Route } from "../../core/types.ts";
import { contactsRoute } from "./contacts-page.ts";
import { invoicePageRoute } from "./invoice-page.ts";
import { invoiceListRoute } from "./list-page.ts";
import { settingsRoute } from "./settings-page.ts";

/** What a bookkeeper sees of an organisation in Xero, and does there. */
export const booksRoutes: Route[] = [invoiceListRoute, invoicePageRoute, contactsRoute, settingsRoute];
