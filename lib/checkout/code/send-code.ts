import type { Db } from "#lib/core/db.ts";
import { open as unseal } from "#lib/core/vault/vault.ts";
import { letterheadOf } from "#lib/firms/letterhead.ts";
import { codeLetter } from "#lib/mail/letters/code.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { forgetSent, getCode } from "../store.ts";
import { codePlace } from "./codes.ts";

/** Sends a code to the address that was chosen for it, then forgets both: only its hash stays. */
export async function sendCode(db: Db, codeId: string): Promise<void> {
  const asked = await getCode(db, codeId);
  if (!asked?.sealedCode || asked.expiresAt < new Date()) return;
  if (!asked.sentTo) return;
  const firm = await letterheadOf(db, asked.firmId);
  await sendLetter(
    db,
    {
      firmId: asked.firmId,
      kind: "code",
      subjectKey: codeId,
      to: asked.sentTo,
      fromName: firm.firmName,
      replyTo: firm.supportEmail,
    },
    codeLetter({ firmName: firm.firmName, code: unseal(asked.sealedCode, codePlace(codeId)) }),
  );
  await forgetSent(db, codeId);
}
