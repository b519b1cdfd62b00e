import type { Listed } from "../api/types.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { Unreadable } from "./row-parts.ts";

/** All of a list, for who concludes something from what is not on it. Throws XeroFault when a row can't be read. */
export function wholeList<T>({ rows, unreadable: [first] }: Listed<T>): T[] {
  if (first) throw new XeroFault({ kind: "unreadable" }, new Unreadable(first.reason));
  return rows;
}
