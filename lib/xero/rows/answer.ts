import "server-only";
import { ObjectSerializer } from "xero-node/dist/gen/model/accounting/models.js";
import { log } from "#lib/core/log.ts";
import type { Asked, Listed, UnreadableRow } from "../api/types.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { LISTS, type ListName, type Lists } from "./answer-lists.ts";
import { isId, Unreadable } from "./row-parts.ts";

type Read<L extends ListName, T> = (row: Lists[L]) => T;

/**
 * What Xero said with a 2xx: a list of rows. Only these methods look into it, so that an answer which says nothing is never
 * taken for an empty list. Xero-node by itself resolves with nothing after an empty body, HTML or cut JSON, and with an
 * empty list after `{"Invoices": {}}`. All throw XeroFault `unreadable` for what does not answer the question.
 */
export class Answer<L extends ListName> {
  readonly #list: L;
  readonly #rows: unknown[];
  /** As Xero counts them; null where it doesn't. */
  readonly pageCount: number | null;

  /** `text` is the body as it came. */
  constructor(list: L, text: string) {
    const json = list === "Nothing" && text === "" ? { [list]: [] } : parsed(text);
    const rows = json[list];
    if (!Array.isArray(rows)) throw unreadable(`Xero sent no list of ${list}`);
    const { pageCount, itemCount, page, pageSize } = record(json.pagination);
    if (rows.length === 0 && count(itemCount) > (count(page) - 1) * count(pageSize))
      throw unreadable(`Xero sent no row of a page of ${list} that has some`);
    this.#list = list;
    this.#rows = rows;
    this.pageCount = typeof pageCount === "number" ? pageCount : null;
  }

  get length(): number {
    return this.#rows.length;
  }

  /** Every row, or none: for what is added up or looked for. */
  all<T>(read: Read<L, T>): T[] {
    return this.#rows.map((row) => this.#must(row, read));
  }

  /** One row that can't be read must not keep us from the others: its id says what to ask for again. */
  some<T>(read: Read<L, T>): Listed<T> {
    return this.#listed(this.#rows, read);
  }

  /** The same of what Xero never has none of. */
  someOfMany<T>(read: Read<L, T>): Listed<T> {
    if (this.#rows.length === 0) throw unreadable(`Xero sent an empty list of ${this.#list}`);
    return this.some(read);
  }

  /** What was asked for by these ids, and nothing else. */
  asked<T>(ids: string[], read: Read<L, T>): Asked<T> {
    const found = new Map(ids.map((id) => [id, this.#rows.find((row) => this.#isIt(row, id))]));
    const rows = [...found.values()].filter((row) => row !== undefined);
    const unknown = ids.filter((id) => found.get(id) === undefined);
    return { ...this.#listed(rows, read), unknown };
  }

  /** The one thing that was asked for by its id. */
  one<T>(id: string, read: Read<L, T>): T {
    const row = this.#rows.find((one) => this.#isIt(one, id));
    if (row === undefined) throw unreadable(`Xero did not send what was asked for of ${this.#list}`);
    return this.#must(row, read);
  }

  /** The one row of an answer to a question, or to a write, without an id. */
  only<T>(read: Read<L, T>): T {
    const [row, ...more] = this.#rows;
    if (row === undefined || more.length > 0) throw unreadable(`Xero sent ${this.length} of ${this.#list}`);
    return this.#must(row, read);
  }

  #listed<T>(all: unknown[], read: Read<L, T>): Listed<T> {
    const rows: T[] = [];
    const bad: UnreadableRow[] = [];
    for (const row of all) {
      try {
        rows.push(this.#read(row, read));
      } catch (error) {
        const [id] = this.#idsOf(row);
        if (id === undefined) throw unreadable(`Xero sent one of ${this.#list} without its id`);
        const reason = reasonOf(error);
        bad.push({ id, reason });
        log.warn({ list: this.#list, id, reason }, "xero.row-unreadable");
      }
    }
    return { rows, unreadable: bad };
  }

  #must<T>(row: unknown, read: Read<L, T>): T {
    try {
      return this.#read(row, read);
    } catch (error) {
      if (error instanceof XeroFault) throw error;
      throw unreadable(reasonOf(error));
    }
  }

  #read<T>(row: unknown, read: Read<L, T>): T {
    if (typeof row !== "object" || row === null) throw new Unreadable(`Xero sent no row of ${this.#list}`);
    return read(ObjectSerializer.deserialize(row, LISTS[this.#list].model) as Lists[L]);
  }

  #idsOf(row: unknown): string[] {
    return LISTS[this.#list].ids.map((name) => record(row)[name]).filter((id) => isId(id));
  }

  #isIt(row: unknown, id: string): boolean {
    return this.#idsOf(row).some((one) => one.toLowerCase() === id.toLowerCase());
  }
}

function unreadable(why: string): XeroFault {
  return new XeroFault({ kind: "unreadable" }, new Unreadable(why));
}

function parsed(text: string): Record<string, unknown> {
  try {
    return record(JSON.parse(text));
  } catch {
    throw unreadable("Xero sent no JSON");
  }
}

/** Whatever a row makes the SDK or us unexpectedFailure over is the row's fault; its contents are not told. */
function reasonOf(error: unknown): string {
  return error instanceof Unreadable || error instanceof RangeError
    ? error.message
    : "Xero sent it in a shape that we don't know";
}

function count(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
