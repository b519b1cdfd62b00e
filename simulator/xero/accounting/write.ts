/** What all create and update calls share: one bad element fails the call, unless asked not to (3.2). */

import { transaction } from "../../core/sql.ts";
import type { Res } from "../../core/types.ts";
import { echo, elements, type Folded, readBody } from "../body.ts";
import { type Call, envelope, param } from "../call.ts";
import { badPostData, invalid, noData } from "../errors.ts";
import type { Wire } from "../wire.ts";

export const zeroId = "00000000-0000-0000-0000-000000000000";

/** Breaks off one element with everything that is wrong with it. */
export class Invalid extends Error {
  readonly messages: string[];
  readonly extra: Wire;
  constructor(messages: string[], extra: Wire = {}) {
    super(messages.join(" "));
    this.messages = messages;
    this.extra = extra;
  }
}

/** Throws when there is anything to say. */
export function demand(messages: string[], extra: Wire = {}): void {
  if (messages.length > 0) throw new Invalid(messages, extra);
}

type Writing = {
  /** "Invoices". */
  name: string;
  /** "InvoiceID", the empty GUID in a rejected create; tax rates have none. */
  idName?: string;
  /** By which of the two marks it says that an element is bad (REC invoice_delete_authorised, contact_archive_archived). */
  mark?: "HasErrors" | "HasValidationErrors";
  /** What a refused element shows whatever was sent: lists, all of them empty. */
  empty?: Wire;
  /** What the others of a request become: by default all are written. */
  only?: "first";
  /** How many a request may hold. */
  most?: number;
  write(body: Folded): Wire;
};

/** Writes each element of the body and answers with them. */
export function writeAll(call: Call, { name, idName, mark, empty = {}, only, most, write }: Writing): Res {
  const bodies = elements(readBody(call.req.raw), name);
  if (bodies.length === 0) {
    const singular = name.replace(/ies$/, "y").replace(/s$/, "");
    throw noData(
      `No data has been processed for this endpoint. This endpoint is expecting ${singular} data to be specifed in the request body.`,
    );
  }
  // The words are ours.
  if (most !== undefined && bodies.length > most)
    throw badPostData(`A request can have a maximum of ${most} ${name}`);
  const summarize = isSummarized(call, name);
  const taken = only === "first" ? bodies.slice(0, 1) : bodies;
  const outcomes = taken.map((body) => attempt(call, { write, body, idName, empty, mark }));
  const failed = outcomes.filter(({ ok }) => !ok);
  if (summarize && failed.length > 0) throw invalid(failed.map(({ wire }) => wire));
  if (summarize) return envelope(call, { [name]: outcomes.map(({ wire }) => wire) });
  const each = outcomes.map(({ ok, wire }) => ({
    ...wire,
    StatusAttributeString: ok ? (wire.Warnings ? "WARNING" : "OK") : "ERROR",
  }));
  return envelope(call, { [name]: each });
}

const alwaysSummarized = new Set(["TaxRates", "Currencies", "TrackingCategories", "Options"]);

/** xero-documents 1: these, and a POST by an id, know no summarizeErrors. Of one by an invoice's id see open choices. */
function isSummarized(call: Call, name: string): boolean {
  const isSingle = call.req.method === "POST" && call.params.id !== undefined && name !== "Invoices";
  return isSingle || alwaysSummarized.has(name) || param(call, "summarizeErrors")?.toLowerCase() !== "false";
}

type Outcome = { ok: boolean; wire: Wire };

type Attempt = Pick<Writing, "write"> & {
  idName: Writing["idName"];
  mark: Writing["mark"];
  body: Folded;
  empty: Wire;
};

function attempt(call: Call, { write, body, idName, mark, empty }: Attempt): Outcome {
  try {
    return { ok: true, wire: transaction(call.world.db, () => write(body)) };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const ValidationErrors = error.messages.map((Message) => ({ Message }));
    const wire = {
      ...(idName && { [idName]: call.params.id ?? zeroId }),
      ...empty,
      ...echo(body),
      ...error.extra,
      ...(mark && { [mark]: true }),
      ValidationErrors,
    };
    return { ok: false, wire };
  }
}
