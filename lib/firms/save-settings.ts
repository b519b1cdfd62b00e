import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { hashOf } from "#lib/core/ids.ts";
import { type Money, toDecimal } from "#lib/core/money/money.ts";
import { type FirmCaller, requireAbility } from "./authorise.ts";
import { readLogo } from "./logo.ts";
import type { SurplusPolicy } from "./read.ts";
import { recordBy } from "./record-by.ts";
import { lockCompany, updateFirm } from "./store.ts";
import { getLatestTerms, insertTerms } from "./terms-store.ts";

export type FirmProfile = {
  name: string;
  /** #rrggbb, or null for our own ink green. */
  accent: string | null;
  supportEmail: string | null;
  supportPhone: string | null;
  logo: { kind: "keep" } | { kind: "remove" } | { kind: "replace"; bytes: Uint8Array };
};

/** What payers see of a firm. Throws `invalid` on a logo that is no small picture. */
export async function saveProfile(db: Db, caller: FirmCaller, profile: FirmProfile): Promise<void> {
  requireAbility(caller.firm, "settings");
  const { logo, ...rest } = profile;
  const change = { ...rest, ...logoChange(logo) };
  await db.transaction(async (tx) => {
    await updateFirm(tx, caller.firm.firmId, change);
    await recordFor(tx, caller, "firm.profile-saved", { name: rest.name, logo: logo.kind });
  });
}

function logoChange(logo: FirmProfile["logo"]): { logo?: string | null } {
  if (logo.kind === "keep") return {};
  if (logo.kind === "remove") return { logo: null };
  const read = readLogo(logo.bytes);
  if (!read.ok) throw new AppError("invalid", read.reason, { field: "logo" });
  return { logo: read.dataUrl };
}

/** Who sees a contact's other invoices. "open" needs the owner's word that they read what it means. */
export async function savePrivacy(
  db: Db,
  caller: FirmCaller,
  { privacy, understood }: { privacy: "open" | "code"; understood: boolean },
): Promise<void> {
  requireAbility(caller.firm, "settings");
  if (privacy === "open" && !understood) {
    throw new AppError("invalid", "Tick that you understand what open links show.", { field: "understood" });
  }
  await db.transaction(async (tx) => {
    await updateFirm(tx, caller.firm.firmId, { privacy });
    await recordFor(tx, caller, "firm.privacy-saved", { privacy });
  });
}

/**
 * Whether clients may pay a part of an invoice in this currency, at least how much, and from how many invoices paid
 * together; null: all or nothing.
 */
export async function savePartPayment(
  db: Db,
  caller: FirmCaller,
  policy: { minimum: Money; fromInvoices: number } | null,
): Promise<void> {
  requireAbility(caller.firm, "settings");
  const minimum = policy?.minimum;
  if (minimum && minimum.minor <= 0n)
    throw new AppError("invalid", "Type an amount above zero.", { field: "minimum" });
  await db.transaction(async (tx) => {
    await updateFirm(tx, caller.firm.firmId, {
      partMinimumMinor: minimum?.minor ?? null,
      partCurrency: minimum?.currency ?? null,
      partFromInvoices: policy?.fromInvoices ?? 1,
    });
    await recordFor(tx, caller, "firm.part-payment-saved", {
      minimum: minimum ? `${toDecimal(minimum)} ${minimum.currency}` : "none",
      fromInvoices: policy?.fromInvoices ?? 1,
    });
  });
}

/** What becomes of money that its invoice no longer takes. */
export async function saveSurplusPolicy(db: Db, caller: FirmCaller, policy: SurplusPolicy): Promise<void> {
  requireAbility(caller.firm, "settings");
  await db.transaction(async (tx) => {
    await updateFirm(tx, caller.firm.firmId, { surplusPolicy: policy });
    await recordFor(tx, caller, "firm.surplus-policy-saved", { policy });
  });
}

/** How many hours after Xero's changes were last read payments are still taken while Xero can't be asked: 0 to 72. */
export async function saveTrust(db: Db, caller: FirmCaller, hours: number): Promise<void> {
  requireAbility(caller.firm, "settings");
  await db.transaction(async (tx) => {
    await updateFirm(tx, caller.firm.firmId, { trustHours: hours });
    await recordFor(tx, caller, "firm.trust-saved", { hours });
  });
}

/** New terms for payers from now on; earlier versions stay for those who accepted them. Returns the version's number. */
export async function publishTerms(db: Db, caller: FirmCaller, typed: string): Promise<number> {
  requireAbility(caller.firm, "settings");
  const body = typed.normalize("NFC").replace(/\r\n?/g, "\n").trim();
  return db.transaction(async (tx) => {
    await lockCompany(tx, caller.firm.companyId);
    const latest = await getLatestTerms(tx, caller.firm.firmId);
    if (latest?.body === body)
      throw new AppError("invalid", `This is version ${latest.version} already.`, { field: "body" });
    const { firmId } = caller.firm;
    const version = await insertTerms(tx, { firmId, body, publishedBy: caller.actor.userId });
    await recordFor(tx, caller, "terms.published", { version, sha256: hashOf(body) });
    return version;
  });
}

async function recordFor(
  tx: Db,
  caller: FirmCaller,
  action: string,
  detail: Record<string, string | number>,
): Promise<void> {
  await recordBy(tx, caller, { action, subject: `firm:${caller.firm.firmId}`, detail });
}
