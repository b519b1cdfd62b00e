/** GET /Currencies: those the organisation is subscribed to (xero-platform.md 3.6). */
import { randomUUID } from "node:crypto";
import { text } from "../body.ts";
import { type Endpoint, envelope } from "../call.ts";
import { fields, inside } from "../query/fields.ts";
import { currencies } from "../store/books.ts";
import { list } from "./list.ts";
import { demand, writeAll } from "./write.ts";

const known = fields("Currency", { Code: ["label", "text"], Description: [inside("description"), "text"] });

export const currencyEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern: "/Currencies",
    scopes: ["accounting.settings"],
    handler(call) {
      const { rows } = list(call, currencies, { fields: known, pages: false });
      return envelope(call, {
        Currencies: rows.map(({ code, description }) => ({ Code: code, Description: description })),
      });
    },
  },
  {
    method: "PUT",
    pattern: "/Currencies",
    scopes: ["accounting.settings"],
    handler: (call) =>
      writeAll(call, {
        name: "Currencies",
        idName: "CurrencyID",
        write(body) {
          const code = text(body, "Code")?.toUpperCase() ?? "";
          demand(/^[A-Z]{3}$/.test(code) ? [] : ["Currency code must be specified"]);
          const description = new Intl.DisplayNames("en", { type: "currency" }).of(code) ?? code;
          if (currencies.named(call, code).length === 0) {
            currencies.put(call, { id: randomUUID(), code, description, dayRate: 1 });
          }
          return { Code: code, Description: description };
        },
      }),
  },
];
