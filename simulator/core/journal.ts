import type { DatabaseSync } from "node:sqlite";
import { statement } from "./sql.ts";
import type { Clock, Journal, JournalEntry } from "./types.ts";

/** Everything that happened, in order, in the same file as the state it speaks of. */
export function createJournal(db: DatabaseSync, clock: Clock): Journal {
  return {
    write(kind, data) {
      statement(db, "insert into core_journal (at, kind, data) values (?, ?, ?)").run(
        clock.date().toISOString(),
        kind,
        JSON.stringify(data),
      );
    },
    read({ kind, afterSeq = 0, limit = 500 }) {
      const rows = statement(
        db,
        `select seq, at, kind, data from core_journal
         where seq > ? and (?2 is null or kind = ?2 or kind like ?2 || '.%') order by seq limit ?`,
      ).all(afterSeq, kind ?? null, limit);
      return rows.map(
        (row): JournalEntry => ({
          seq: Number(row.seq),
          at: String(row.at),
          kind: String(row.kind),
          data: JSON.parse(String(row.data)),
        }),
      );
    },
  };
}
