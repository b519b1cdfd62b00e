import { type Folded, text } from "../../body.ts";
import type { Account } from "../../model.ts";
import { accounts } from "../../store/books.ts";
import type { Scope } from "../../store/rows.ts";

export type Named = { account: Account | undefined; named: string };

/** The account that an object names, by id or code; bank accounts may have no code. "" when it names none. */
export function namedAccount(scope: Scope, body: Folded | undefined, otherwise?: string): Named {
  const id = text(body, "AccountID");
  if (id) return { account: accounts.get(scope, id), named: id };
  const code = text(body, "Code") ?? otherwise ?? "";
  return { account: code ? accounts.named(scope, code)[0] : undefined, named: code };
}
