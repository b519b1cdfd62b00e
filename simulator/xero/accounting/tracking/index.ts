/** TrackingCategories (DOC trackingcategories; xero-documents 9): no paging, and PUT makes what POST changes. */
import { randomUUID } from "node:crypto";
import { children, type Folded, text, word } from "../../body.ts";
import { type Call, type Endpoint, envelope, isTrue } from "../../call.ts";
import { invalid, notFound } from "../../errors.ts";
import { fields } from "../../query/fields.ts";
import { trackingCategories } from "../../store/books.ts";
import type { TrackingCategory, TrackingOption } from "../../store/order-model.ts";
import type { Scope, Stored } from "../../store/rows.ts";
import type { Wire } from "../../wire.ts";
import { list, unlessArchived } from "../list.ts";
import { isInDocuments } from "../used.ts";
import { demand, writeAll } from "../write.ts";
import { optionToWire, trackingOptionEndpoints } from "./options.ts";
import { faultsOfCategory, stillUsed } from "./rules.ts";
import { findCategory, saveCategory } from "./save.ts";

const known = fields("TrackingCategory", {
  TrackingCategoryID: ["id", "guid"],
  Name: ["label", "text"],
  Status: ["status", "text"],
});

const scopes = ["accounting.settings"];
const pattern = "/TrackingCategories";

export const trackingEndpoints: Endpoint[] = [
  {
    method: "GET",
    pattern,
    scopes,
    handler(call) {
      const also = [unlessArchived(call), { text: "status != 'DELETED'", values: [] }];
      const { rows } = list(call, trackingCategories, { fields: known, also, pages: false, since: false });
      const all = isTrue(call, "includeArchived");
      return envelope(call, { TrackingCategories: rows.map((category) => categoryToWire(category, all)) });
    },
  },
  {
    method: "GET",
    pattern: `${pattern}/:id`,
    scopes,
    handler: (call) => envelope(call, { TrackingCategories: [categoryToWire(required(call), true)] }),
  },
  {
    method: "PUT",
    pattern,
    scopes,
    handler: (call) => write(call, (body) => create(call, body)),
  },
  {
    method: "POST",
    pattern: `${pattern}/:id`,
    scopes,
    handler(call) {
      const category = required(call);
      return write(call, (body) => update(call, category, body));
    },
  },
  {
    method: "DELETE",
    pattern: `${pattern}/:id`,
    scopes,
    handler(call) {
      const category = required(call);
      if (isInDocuments(call, category.id))
        throw invalid([{ ...categoryToWire(category, true), ValidationErrors: [{ Message: stillUsed }] }]);
      const gone = saveCategory(call, { ...category, status: "DELETED" });
      return envelope(call, { TrackingCategories: [categoryToWire(gone, true)] });
    },
  },
  ...trackingOptionEndpoints,
];

function create(call: Call, body: Folded): TrackingCategory {
  const options = (children(body, "Options") ?? []).map(
    (option): TrackingOption => ({ id: randomUUID(), name: text(option, "Name") ?? "", status: "ACTIVE" }),
  );
  const category: TrackingCategory = {
    ...{ id: randomUUID(), name: text(body, "Name") ?? "", options },
    status: word(body, "Status", ["ACTIVE", "ARCHIVED"]) ?? "ACTIVE",
  };
  return checked(call, category);
}

function update(call: Call, before: TrackingCategory, body: Folded): TrackingCategory {
  demand(children(body, "Options")?.length ? ["Options are changed by an address of their own"] : []);
  const status = word(body, "Status", ["ACTIVE", "ARCHIVED"]) ?? before.status;
  return checked(call, { ...before, name: text(body, "Name") ?? before.name, status });
}

function checked(scope: Scope, category: TrackingCategory): TrackingCategory {
  demand(faultsOfCategory(scope, category));
  return saveCategory(scope, category);
}

function write(call: Call, change: (body: Folded) => TrackingCategory) {
  return writeAll(call, {
    ...{ name: "TrackingCategories", idName: "TrackingCategoryID" },
    write: (body) => categoryToWire(change(body), true),
  });
}

function required(call: Call): Stored<TrackingCategory> {
  const category = findCategory(call, call.params.id ?? "");
  if (!category) throw notFound();
  return category;
}

function categoryToWire({ id, name, status, options }: TrackingCategory, withArchived: boolean): Wire {
  const shown = options.filter(
    (one) => one.status === "ACTIVE" || (withArchived && one.status === "ARCHIVED"),
  );
  return { Name: name, Status: status, TrackingCategoryID: id, Options: shown.map(optionToWire) };
}
