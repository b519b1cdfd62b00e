import "server-only";
import { inArray, sql } from "drizzle-orm";
import { xeroApps } from "#db/schema/xero.ts";
import { type AuditEvent, record } from "#lib/audit/record.ts";
import type { Db } from "#lib/core/db.ts";
import { type FileFault, FileFaults, type FileRecord } from "#lib/core/text/file-faults.ts";
import { parseRecords, readRecords } from "#lib/core/text/records.ts";
import { type FirmCaller, requireAbility } from "#lib/firms/authorise.ts";
import { findFirmByPath } from "#lib/firms/read.ts";
import {
  type ImportedCredentials,
  type RetiredCredential,
  retiredCredential,
  withoutSecrets,
} from "./credential-rules.ts";

type Owner = { firmId: string; companyId: string };
type By = Pick<AuditEvent, "actor" | "ip"> & { userId: string | null };
type FindOwner = (path: string | undefined) => Promise<Owner | string>;

/**
 * Puts a firm's retired credentials on file, where nothing uses them. The same file again changes nothing. Throws
 * FileFaults with all that is wrong with it; then nothing was stored.
 */
export async function importCredentials(
  db: Db,
  { actor, firm, ip }: FirmCaller,
  text: string,
): Promise<ImportedCredentials> {
  requireAbility(firm, "connect");
  const own = `${firm.companySlug}/${firm.firmSlug}`;
  const by = { actor: `user:${actor.userId}` as const, userId: actor.userId, ip };
  return importText(db, text, {
    by,
    findOwner: async (path) => (path === undefined || path === own ? firm : `Here only ${own} can be given.`),
  });
}

/** The same from a shell, for firms of the whole desk: each record says whose it is. */
export async function importCredentialsOfDesk(db: Db, text: string): Promise<ImportedCredentials> {
  return importText(db, text, {
    by: { actor: "setup", userId: null, ip: null },
    findOwner: async (path) => {
      if (path === undefined) return "Say whose it is: company/firm, as in the desk's addresses.";
      return (await findFirmByPath(db, path)) ?? "There is no such firm on this desk.";
    },
  });
}

async function importText(
  db: Db,
  text: string,
  { by, findOwner }: { by: By; findOwner: FindOwner },
): Promise<ImportedCredentials> {
  const { records, notes } = withoutSecrets(readRecords(text));
  const { fitting, faults } = parseRecords(records, retiredCredential);
  const owned = await withOwners(fitting, findOwner);
  faults.push(...owned.faults);
  if (faults.length > 0) throw new FileFaults(faults);
  const done = { added: 0, changed: 0, unchanged: 0 };
  await db.transaction(async (tx) => {
    for (const one of owned.credentials) done[await put(tx, one, by)] += 1;
  });
  return { ...done, notes };
}

type Owned = { owner: Owner; credential: RetiredCredential };

async function withOwners(
  records: FileRecord<RetiredCredential>[],
  findOwner: FindOwner,
): Promise<{ credentials: Owned[]; faults: FileFault[] }> {
  const faults: FileFault[] = [];
  const credentials: Owned[] = [];
  const lines = new Map<string, number>();
  for (const { line, fields: credential } of records) {
    const owner = await findOwner(credential.firm);
    if (typeof owner === "string") {
      faults.push({ line, field: "firm", message: owner });
      continue;
    }
    const key = `${owner.firmId} ${credential.kind} ${credential.consumerKey}`;
    const before = lines.get(key);
    if (before === undefined) lines.set(key, line);
    else faults.push({ line, field: "consumerKey", message: `Line ${before} is of the same one.` });
    credentials.push({ owner, credential });
  }
  return { credentials, faults };
}

const NAMES = { oauth1: "Xero (OAuth 1.0a)", x509: "Xero private app" };

async function put(tx: Db, { owner, credential }: Owned, by: By): Promise<"added" | "changed" | "unchanged"> {
  const { kind, consumerKey } = credential;
  const facts = {
    name: credential.name ?? NAMES[kind],
    expiredOn: (kind === "x509" ? credential.certificateExpiresOn : credential.endedOn) ?? null,
    certificateSubject: kind === "x509" ? credential.certificateSubject : null,
    certificateFingerprint: kind === "x509" ? credential.fingerprint : null,
  };
  const [row] = await tx
    .insert(xeroApps)
    .values({
      firmId: owner.firmId,
      companyId: owner.companyId,
      kind,
      clientId: consumerKey,
      scopes: "",
      setBy: by.userId,
      ...facts,
    })
    .onConflictDoUpdate({
      target: [xeroApps.firmId, xeroApps.kind, xeroApps.clientId],
      targetWhere: inArray(xeroApps.kind, ["oauth1", "x509"]),
      set: { ...facts, setBy: by.userId, setAt: sql`now()` },
      setWhere: sql`(${xeroApps.name}, ${xeroApps.expiredOn}, ${xeroApps.certificateSubject}, ${xeroApps.certificateFingerprint})
        is distinct from (excluded.name, excluded.expired_on, excluded.certificate_subject, excluded.certificate_fingerprint)`,
    })
    .returning({ appId: xeroApps.id, isNew: sql<boolean>`xmax = 0` });
  if (!row) return "unchanged";
  await record(tx, {
    firmId: owner.firmId,
    actor: by.actor,
    ip: by.ip ?? null,
    action: "xero-app.imported",
    subject: `xero-app:${row.appId}`,
    detail: { kind, consumerKey, ...facts },
  });
  return row.isNew ? "added" : "changed";
}
