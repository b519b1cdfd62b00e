import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { ACCESS_SECONDS, writeAccess } from "#lib/checkout/code/access.ts";
import { codeTarget } from "#lib/checkout/code/code-target.ts";
import { checkCode } from "#lib/checkout/code/codes.ts";
import { db } from "#lib/core/db.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { codeKeyField, keepAccess, linkField, linkQuestion, payPath } from "../../../../pay-door.ts";
import { payPost } from "../../../../pay-post.ts";

const form = z.strictObject({ link: linkField, to: codeKeyField, code: z.string().max(20) });

/** The right code opens the contact's invoices in this browser for half an hour. */
export const POST = payPost(form, async ({ link, to, code }, params, request) => {
  const question = await linkQuestion(params, link);
  const target = await codeTarget(db(), question);
  if (!target) return seeOther(`${payPath(params)}?${link}`);
  const checked = await checkCode(db(), target, { typed: code, ip: clientAddress(request.headers) });
  switch (checked.kind) {
    case "right":
      await keepAccess(
        writeAccess(question.access, { ...target, codeId: checked.codeId }, Date.now()),
        ACCESS_SECONDS,
      );
      return seeOther(`${payPath(params)}?${link}`);
    case "wrong":
      return seeOther(`${payPath(params)}/code?to=${to}&left=${checked.triesLeft}&${link}`);
    case "no_digits":
      return seeOther(`${payPath(params)}/code?to=${to}&left=digits&${link}`);
    case "no_code":
      return seeOther(`${payPath(params)}/code?to=${to}&left=0&${link}`);
  }
});
