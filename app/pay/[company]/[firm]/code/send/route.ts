import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { codeTarget } from "#lib/checkout/code-target.ts";
import { requestCode } from "#lib/checkout/codes.ts";
import { db } from "#lib/core/db.ts";
import { linkField, linkQuestion, payPath } from "../../../../pay-door.ts";
import { payPost } from "../../../../pay-post.ts";

const form = z.strictObject({ link: linkField });

/** Has a code sent, and answers the same whether or not there was an address to send it to. */
export const POST = payPost(form, async ({ link }, params) => {
  const target = await codeTarget(db(), await linkQuestion(params, link));
  if (!target) return seeOther(`${payPath(params)}?${link}`);
  await requestCode(db(), target);
  return seeOther(`${payPath(params)}/code?${link}`);
});
