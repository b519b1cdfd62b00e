import "server-only";
import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import { auditEvents, auditHeads, auditLinks } from "#db/schema/audit.ts";
import type { Db } from "#lib/core/db.ts";
import { COVERED, hashOf } from "./links.ts";

/** The chain of what belongs to no firm. */
export const DESK_CHAIN = "00000000-0000-0000-0000-000000000000";

/** A link of a chain, as `verify-timeline` prints it: whoever keeps one can later prove that nothing before it changed. */
export type Mark = { chain: string; position: bigint; hash: string };

export type Verdict =
  | { chain: string; state: "whole"; links: bigint; hash: string }
  | { chain: string; state: "broken"; position: bigint; seq: bigint | null; why: string };

const BATCH = 1_000;

/**
 * Computes every chain anew and compares: one verdict a chain, with the first link that is not what it was. `kept` are
 * marks of former runs that must still be there; without one, a chain that was cut off and closed again at an earlier
 * link can't be told from one that never went further. Reads only.
 */
export async function verifyTimeline(db: Db, kept: Mark[] = []): Promise<Verdict[]> {
  const heads = await db.select().from(auditHeads).orderBy(auditHeads.chain);
  const unlinked = await firstUnlinked(db);
  const gone = kept.filter(({ chain }) => !heads.some((head) => head.chain === chain));
  const verdicts: Verdict[] = [];
  for (const head of heads) {
    const verdict = await verifyChain(
      db,
      head,
      kept.filter(({ chain }) => chain === head.chain),
    );
    const line = unlinked.get(head.chain);
    verdicts.push(
      verdict.state === "whole" && line !== undefined
        ? broken(head.chain, verdict.links + 1n, line, "the line is in no chain")
        : verdict,
    );
    unlinked.delete(head.chain);
  }
  return [
    ...verdicts,
    ...[...unlinked].map(([chain, seq]) => broken(chain, 1n, seq, "the line is in no chain")),
    ...gone.map(({ chain, position }) => broken(chain, position, null, "the chain is gone")),
  ];
}

async function verifyChain(db: Db, head: Mark, kept: Mark[]): Promise<Verdict> {
  const { chain } = head;
  let hash = "";
  let position = 0n;
  for (;;) {
    const links = await readLinks(db, chain, { after: position, upTo: head.position });
    for (const link of links) {
      const expected = position + 1n;
      if (link.position !== expected) return broken(chain, expected, null, "the link is gone");
      const line = link.line;
      if (!line) return broken(chain, expected, link.seq, "the line is gone");
      if ((line.firmId ?? DESK_CHAIN) !== chain)
        return broken(chain, expected, link.seq, "the line was moved from another chain");
      hash = hashOf(hash, line);
      position = expected;
      if (hash !== link.hash)
        return broken(chain, expected, link.seq, "the line or its link is not what it was");
      const mark = kept.find((one) => one.position === position);
      if (mark && mark.hash !== hash)
        return broken(chain, expected, link.seq, "the chain was written anew: its link was another one");
    }
    if (links.length < BATCH) break;
  }
  if (position !== head.position || hash !== head.hash)
    return broken(chain, position + 1n, null, "the chain does not end here");
  const cutOff = kept.find((mark) => mark.position > position);
  if (cutOff) return broken(chain, position + 1n, null, `the chain had ${cutOff.position} links once`);
  return { chain, state: "whole", links: position, hash };
}

function broken(chain: string, position: bigint, seq: bigint | null, why: string): Verdict {
  return { chain, state: "broken", position, seq, why };
}

async function readLinks(db: Db, chain: string, { after, upTo }: { after: bigint; upTo: bigint }) {
  const rows = await db
    .select({
      position: auditLinks.position,
      linked: auditLinks.seq,
      hash: auditLinks.hash,
      ...COVERED,
    })
    .from(auditLinks)
    .leftJoin(auditEvents, eq(auditEvents.seq, auditLinks.seq))
    .where(
      and(
        eq(auditLinks.chain, chain),
        gt(auditLinks.position, after),
        // What is committed meanwhile is beyond the head that we read.
        lte(auditLinks.position, upTo),
      ),
    )
    .orderBy(asc(auditLinks.position))
    .limit(BATCH);
  return rows.map(({ position, linked, hash, ...line }) => ({
    position,
    seq: linked,
    hash,
    line: line.seq === null ? null : line,
  }));
}

/** The first line of each chain that has no link: written while the trigger was off. */
async function firstUnlinked(db: Db): Promise<Map<string, bigint>> {
  const rows = await db
    .select({
      chain: sql<string>`coalesce(${auditEvents.firmId}, ${DESK_CHAIN}::uuid)`,
      seq: sql<string>`min(${auditEvents.seq})`,
    })
    .from(auditEvents)
    .where(sql`not exists (select 1 from ${auditLinks} where ${auditLinks.seq} = ${auditEvents.seq})`)
    .groupBy(sql`1`);
  return new Map(rows.map(({ chain, seq }) => [chain, BigInt(seq)]));
}
