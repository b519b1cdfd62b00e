import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { openLink } from "#lib/checkout/links/open-link.ts";
import { startAgain } from "#lib/checkout/start-again.ts";
import { db } from "#lib/core/db.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { linkField, linkQuestion, payPath } from "../../../pay-door.ts";
import { payPost } from "../../../pay-post.ts";

const form = z.strictObject({ link: linkField, again: z.uuid() });

/** Start again, on any device: only an invoice that the link shows, and that somebody has begun to pay. */
export const POST = payPost(form, async ({ link, again }, params, request) => {
  const opened = await openLink(db(), await linkQuestion(params, link));
  const back = `${payPath(params)}?${link}`;
  if (opened.kind !== "open") return seeOther(back);
  const { firm, books, lines } = opened;
  if (!lines.some((line) => line.invoiceId === again && line.why === "held")) return seeOther(back);
  const given = await startAgain(db(), {
    ...{ firmId: firm.firmId, connectionId: books.connectionId },
    ...{ invoiceIds: [again], ip: clientAddress(request.headers) },
  });
  return seeOther(given === "not_now" ? `${payPath(params)}?error=again&${link}` : back);
});
