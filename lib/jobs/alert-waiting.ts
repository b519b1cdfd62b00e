import type { Db } from "#lib/core/db.ts";
import { eachAlone } from "#lib/core/failures/each-alone.ts";
import { alertKeys } from "#lib/mail/unfinished.ts";
import { heldByFirm } from "#lib/orders/held/held-groups.ts";
import { kindOf } from "#lib/overdue/kinds.ts";
import { listAllLate } from "#lib/overdue/read.ts";
import { CAUSE_WORDS } from "#lib/posting/cause-words.ts";
import { refusedByFirm } from "#lib/posting/read.ts";
import { alertFirm } from "./alert-firm.ts";

/** One line of the e-mail: how many of what, since when. */
type Line = { kind: string; count: number; since: Date; says: string };

/**
 * One e-mail a day to each caretaker of a firm while Xero refuses documents, orders are held, or anything has not ended that should have: how
 * many, and what, grouped. One more on a day when something of another kind comes. `now` decides the day.
 */
export async function alertWaiting(db: Db, now: Date): Promise<void> {
  const [refused, held, late] = [await refusedByFirm(db), await heldByFirm(db), await listAllLate(db)];
  const lines = new Map<string, Line[]>();
  const add = (firmId: string, line: Line) => lines.set(firmId, [...(lines.get(firmId) ?? []), line]);
  for (const { firmId, since, causes } of refused)
    for (const [cause, count] of causes)
      add(firmId, { kind: "refused", count, since, says: CAUSE_WORDS[cause].title });
  for (const { firmId, ...line } of held)
    add(firmId, { ...line, kind: "held", says: "Order that is held: something must be mended first" });
  for (const { kind, rows } of late) {
    const { title, isTold } = kindOf(kind);
    if (isTold) continue;
    for (const [firmId, of] of Map.groupBy(rows, (row) => row.firmId)) {
      const since = new Date(Math.min(...of.map((row) => row.since.getTime())));
      add(firmId, { kind, count: of.length, since, says: title });
    }
  }
  await eachAlone(db, [...lines], {
    kind: "alert-waiting",
    idOf: ([firmId]) => firmId,
    work: ([firmId, of]) => tell(db, firmId, of, now),
  });
}

async function tell(db: Db, firmId: string, lines: Line[], now: Date): Promise<void> {
  const beginning = `${firmId} waiting ${now.toISOString().slice(0, 10)} `;
  const told = await alertKeys(db, firmId, beginning);
  const kindsIn = (key: string) => key.slice(beginning.length).split(" ");
  const kinds = [...new Set(lines.map(({ kind }) => kind))].sort();
  const before = told.flatMap(kindsIn);
  // Told already: who got none is tried again by the same key.
  const same = kinds.every((kind) => before.includes(kind)) ? told.at(-1) : undefined;
  await alertFirm(db, firmId, () => ({
    key: same ?? `${beginning}${kinds.join(" ")}`,
    happened: happenedOf(lines),
    since: new Date(Math.min(...lines.map(({ since }) => since.getTime()))),
    money: "Money that was taken is safe and on record here. The list says for each what to do.",
    more: lines.map(({ count, says }) => `${count} × ${says}`),
    action: { label: "Open the to-do list", path: "/to-do" },
  }));
}

function happenedOf(lines: Line[]): string {
  const count = (of: Line[]) => of.reduce((sum, line) => sum + line.count, 0);
  const ofKind = (kind: string) => count(lines.filter((line) => line.kind === kind));
  const [refused, held] = [ofKind("refused"), ofKind("held")];
  const others = count(lines) - refused - held;
  const said = [
    ...(refused > 0 ? [refused === 1 ? "Xero refused a document" : `Xero refused ${refused} documents`] : []),
    ...(held > 0 ? [held === 1 ? "an order is held" : `${held} orders are held`] : []),
    ...(others > 0
      ? [
          others === 1
            ? "something has not ended as it should"
            : `${others} things have not ended as they should`,
        ]
      : []),
  ].join(", and ");
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}
