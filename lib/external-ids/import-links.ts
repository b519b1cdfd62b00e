import "server-only";
import { type AuditEvent, record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { FileFaults, type FileRecord } from "#lib/core/text/file-faults.ts";
import { parseRecords, readRecords } from "#lib/core/text/records.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { findFirmByPath } from "#lib/firms/read.ts";
import { cursorOf, isMirrored, knownIds, type MirroredKind } from "#lib/mirror/known-ids.ts";
import { syncStates } from "#lib/mirror/read.ts";
import {
  type PayConnection,
  payConnection,
  payConnections,
} from "#lib/xero/organisations/pay-connections.ts";
import { kindInWords, type LinkReport } from "./report.ts";
import {
  judge,
  LINK_KINDS,
  type LinkRecord,
  linkRecord,
  theirKey,
  type Verdict,
  withoutRepeats,
} from "./rules.ts";
import { batchesOf, insertLinks, listOnFile, lockLinks } from "./store.ts";

type By = Pick<AuditEvent, "actor" | "ip">;
type Target = { firmId: string; chosen: PayConnection; live: PayConnection[] };

/**
 * Assigns another system's links, from the days when the firm had one organisation, to a chosen one. What the mirror
 * holds of that organisation is kept, the rest is told with its reason; nothing on file is moved or changed, so the same
 * file again changes nothing. Throws FileFaults with all that is wrong with the file, `conflict` while the mirror is
 * still reading.
 */
export async function importLinks(
  db: Db,
  { actor, firm, ip }: FirmCaller,
  { connectionId, text }: { connectionId: string; text: string },
): Promise<LinkReport> {
  requireAbility(firm, "connect");
  const target = await targetIn(db, firm.firmId, (row) => row.connectionId === connectionId);
  return importText(db, { target, text, by: { actor: `user:${actor.userId}`, ip } });
}

/** The same from a shell: `firm` is "company/firm", `organisation` a short code like "!dM0aU". */
export async function importLinksOfDesk(
  db: Db,
  { firm, organisation, text }: { firm: string; organisation: string; text: string },
): Promise<LinkReport> {
  const found = await findFirmByPath(db, firm);
  if (!found) throw new AppError("not_found", `There is no firm ${firm} on this desk.`);
  const target = await targetIn(db, found.firmId, ({ shortCode }) => shortCode === organisation);
  return importText(db, { target, text, by: { actor: "setup", ip: null } });
}

async function targetIn(db: Db, firmId: string, isIt: (row: PayConnection) => boolean): Promise<Target> {
  const live = await payConnections(db, firmId);
  const chosen = live.find(isIt);
  if (chosen) return { firmId, chosen, live };
  const choice = live
    .map(({ organisationName, shortCode }) => `${organisationName} (${shortCode})`)
    .join(", ");
  throw new AppError(
    "invalid",
    live.length > 0
      ? `Choose an organisation of this firm: ${choice}.`
      : "First connect an organisation to this firm.",
    { field: "connectionId" },
  );
}

type Import = { target: Target; text: string; by: By };

async function importText(db: Db, { target, text, by }: Import): Promise<LinkReport> {
  const { fitting, faults } = parseRecords(readRecords(text), linkRecord);
  const { once, faults: repeats } = withoutRepeats(fitting);
  if (faults.length + repeats.length > 0) throw new FileFaults([...faults, ...repeats]);
  await requireRead(db, target.chosen, once);

  const { firmId, chosen } = target;
  const results = await db.transaction(async (tx) => {
    await lockLinks(tx, firmId);
    const judged = await judgeAll(tx, target, once);
    const kept = judged.flatMap(({ link, verdict }) =>
      verdict.kind === "matched" || verdict.kind === "unchecked"
        ? [{ link, isChecked: verdict.kind === "matched" }]
        : [],
    );
    if (kept.length > 0) {
      await insertLinks(tx, { firmId, connectionId: chosen.connectionId }, kept);
      await record(tx, {
        ...by,
        firmId,
        action: "record-links.imported",
        subject: `connection:${chosen.connectionId}`,
        detail: { organisation: chosen.organisationName, links: kept.length },
      });
    }
    return judged;
  });
  return { organisationName: chosen.organisationName, results, organisations: await namesIn(db, results) };
}

/** Before all is read, "not in the books" would be said of what has only not arrived yet. */
async function requireRead(db: Db, chosen: PayConnection, links: FileRecord<LinkRecord>[]): Promise<void> {
  const states = (await syncStates(db, [chosen.connectionId])).get(chosen.connectionId) ?? [];
  const isRead = (kind: MirroredKind) =>
    states.some((state) => state.kind === cursorOf(kind) && state.backfilledAt !== null);
  const unread = mirroredKindsOf(links).filter((kind) => !isRead(kind));
  if (unread.length === 0) return;
  const what = unread.map((kind) => kindInWords(kind).toLowerCase()).join(" and ");
  throw new AppError(
    "conflict",
    `The ${what} of ${chosen.organisationName} are still being read from Xero. Import again in a few minutes; nothing was changed.`,
  );
}

function mirroredKindsOf(links: FileRecord<LinkRecord>[]): MirroredKind[] {
  const given = new Set(links.map(({ fields }) => fields.kind));
  return LINK_KINDS.filter((kind) => given.has(kind)).filter(isMirrored);
}

async function judgeAll(
  tx: Db,
  { firmId, chosen, live }: Target,
  links: FileRecord<LinkRecord>[],
): Promise<LinkReport["results"]> {
  const onFile = await listOnFile(
    tx,
    firmId,
    links.map(({ fields }) => fields),
  );
  const inBooksOf = new Map<string, string[]>();
  const connectionIds = live.map(({ connectionId }) => connectionId);
  for (const kind of mirroredKindsOf(links)) {
    const ids = links.flatMap(({ fields }) => (fields.kind === kind ? [fields.xeroId] : []));
    for (const batch of batchesOf(ids)) {
      for (const { id, connectionId } of await knownIds(
        tx,
        { firmId, connectionIds },
        { kind, ids: batch },
      )) {
        const key = `${kind} ${id}`;
        inBooksOf.set(key, [...(inBooksOf.get(key) ?? []), connectionId]);
      }
    }
  }
  return links.map(({ line, fields: link }) => ({
    line,
    link,
    verdict: judge(link, {
      chosen: chosen.connectionId,
      onFile: onFile.get(theirKey(link)),
      inBooksOf: isMirrored(link.kind) ? (inBooksOf.get(`${link.kind} ${link.xeroId}`) ?? []) : null,
    }),
  }));
}

async function namesIn(db: Db, results: { verdict: Verdict }[]): Promise<Map<string, string>> {
  const ids = results.flatMap(({ verdict }) => ("connectionId" in verdict ? [verdict.connectionId] : []));
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, (await payConnection(db, id))?.organisationName ?? "");
  return names;
}
