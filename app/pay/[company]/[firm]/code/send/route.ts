import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { codeTarget } from "#lib/checkout/code/code-target.ts";
import { requestCode } from "#lib/checkout/code/codes.ts";
import { db } from "#lib/core/db.ts";
import { codeKeyField, linkField, linkQuestion, payPath } from "../../../../pay-door.ts";
import { payPost } from "../../../../pay-post.ts";

const form = z.strictObject({ link: linkField, to: codeKeyField });

/** Has a code sent to the address that was chosen, for a link that opens. */
export const POST = payPost(form, async ({ link, to }, params) => {
  const target = await codeTarget(db(), await linkQuestion(params, link));
  if (!target || !(await requestCode(db(), target, to))) return seeOther(`${payPath(params)}?${link}`);
  return seeOther(`${payPath(params)}/code?to=${to}&${link}`);
});
