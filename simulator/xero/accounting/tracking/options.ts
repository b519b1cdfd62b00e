/** The options of a tracking category, each at an address of its own (DOC trackingcategories). */
import { randomUUID } from "node:crypto";
import { type Folded, text, word } from "../../body.ts";
import { type Call, type Endpoint, envelope } from "../../call.ts";
import { invalid, notFound, somethingBroke } from "../../errors.ts";
import type { TrackingCategory, TrackingOption } from "../../store/order-model.ts";
import type { Wire } from "../../wire.ts";
import { isInDocuments } from "../used.ts";
import { demand, writeAll } from "../write.ts";
import { faultsOfOptions, stillUsed } from "./rules.ts";
import { findCategory, saveCategory } from "./save.ts";

const scopes = ["accounting.settings"];
const pattern = "/TrackingCategories/:id/Options";

export const trackingOptionEndpoints: Endpoint[] = [
  {
    method: "PUT",
    pattern,
    scopes,
    handler: (call) =>
      write(call, (body) =>
        save(call, { id: randomUUID(), name: text(body, "Name") ?? "", status: statusOf(body) ?? "ACTIVE" }),
      ),
  },
  {
    method: "POST",
    pattern: `${pattern}/:optionId`,
    scopes,
    handler(call) {
      const option = required(call);
      return write(call, (body) =>
        save(call, {
          ...option,
          name: text(body, "Name") ?? option.name,
          status: statusOf(body) ?? option.status,
        }),
      );
    },
  },
  {
    method: "DELETE",
    pattern: `${pattern}/:optionId`,
    scopes,
    handler(call) {
      const option = required(call);
      if (isInDocuments(call, option.id))
        throw invalid([{ ...optionToWire(option), ValidationErrors: [{ Message: stillUsed }] }]);
      return envelope(call, { Options: [optionToWire(save(call, { ...option, status: "DELETED" }))] });
    },
  },
];

const statusOf = (body: Folded) => word(body, "Status", ["ACTIVE", "ARCHIVED"]);

function save(call: Call, option: TrackingOption): TrackingOption {
  const category = categoryOf(call);
  const isNew = category.options.every(({ id }) => id !== option.id);
  const options = isNew
    ? [...category.options, option]
    : category.options.map((one) => (one.id === option.id ? option : one));
  demand(faultsOfOptions(options));
  saveCategory(call, { ...category, options });
  return option;
}

function write(call: Call, change: (body: Folded) => TrackingOption) {
  return writeAll(call, {
    ...{ name: "Options", idName: "TrackingOptionID" },
    write: (body) => optionToWire(change(body)),
  });
}

function required(call: Call): TrackingOption {
  const asked = call.params.optionId?.toLowerCase();
  const option = categoryOf(call).options.find(({ id, status }) => id === asked && status !== "DELETED");
  if (!option) throw notFound();
  return option;
}

/** XeroAPI/xero-node 510: an unknown category is no 404 here, Xero itself fails. */
function categoryOf(call: Call): TrackingCategory {
  const category = findCategory(call, call.params.id ?? "");
  if (!category) throw somethingBroke();
  return category;
}

export function optionToWire({ id, name, status }: TrackingOption): Wire {
  return {
    ...{ TrackingOptionID: id, Name: name, Status: status, HasValidationErrors: false },
    ...{ IsDeleted: status === "DELETED", IsArchived: status === "ARCHIVED", IsActive: status === "ACTIVE" },
  };
}
