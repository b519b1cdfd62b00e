import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { startCheckout } from "#lib/checkout/start-checkout.ts";
import { db } from "#lib/core/db.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { keepOwn, linkField, linkQuestion, payPath } from "../../../pay-door.ts";
import { payPost } from "../../../pay-post.ts";

const form = z.strictObject({ link: linkField, invoice: z.array(z.uuid()).max(200).default([]) });

/** Continue, from the first step: the link is opened again, and only what it shows gets into the checkout. */
export const POST = payPost(form, async (input, params, request) => {
  const back = `${payPath(params)}?${input.link}`;
  const question = await linkQuestion(params, input.link);
  const started = await startCheckout(db(), question, {
    ticked: input.invoice,
    backPath: back,
    ip: clientAddress(request.headers),
  });
  switch (started.kind) {
    case "none_ticked":
      return seeOther(`${payPath(params)}?error=none&${input.link}`);
    case "unpayable":
      return seeOther(`${payPath(params)}?error=${started.because.why}&${input.link}`);
    case "moved":
      return seeOther(back);
    case "started":
      await keepOwn(started.token);
      return seeOther(`${payPath(params)}/checkout/${started.token}`);
  }
});
