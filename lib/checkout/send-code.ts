import type { Db } from "#lib/core/db.ts";
import { open as unseal } from "#lib/core/vault.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import { codeLetter } from "#lib/mail/letters/code.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { findContact } from "#lib/mirror/read.ts";
import { codePlace } from "./codes.ts";
import { forgetSealedCode, getCode } from "./store.ts";

/** Sends a code to the address that Xero holds for its contact, then forgets it: only its hash stays. */
export async function sendCode(db: Db, codeId: string): Promise<void> {
  const asked = await getCode(db, codeId);
  if (!asked?.sealedCode || asked.expiresAt < new Date()) return;
  const contact = await findContact(db, asked.connectionId, asked.contactId);
  if (!contact?.email) return;
  const firm = await letterheadOf(db, asked.firmId);
  await sendLetter(
    db,
    {
      firmId: asked.firmId,
      kind: "code",
      subjectKey: codeId,
      to: contact.email,
      fromName: firm.firmName,
      replyTo: firm.supportEmail,
    },
    codeLetter({ firmName: firm.firmName, code: unseal(asked.sealedCode, codePlace(codeId)) }),
  );
  await forgetSealedCode(db, codeId);
}
