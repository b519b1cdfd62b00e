import type { NextRequest } from "next/server";
import { currentActor } from "#app/door/actor.ts";
import { explain } from "#app/door/errors.ts";
import { seeOther } from "#app/door/see-other.ts";
import { db } from "#lib/core/db.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { type CallbackQuery, finishConnect } from "#lib/xero/consent/finish-connect.ts";
import { pageOf } from "../connect-pages.ts";

const LONGEST = 4_000;

/** Xero sends the browser back here, with a code or a refusal. Every answer leads on to a page without either. */
export async function GET(request: NextRequest): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return seeOther("/sign-in?next=/xero-answer");

  try {
    const ip = clientAddress(request.headers);
    return seeOther(pageOf(await finishConnect(db(), { actor, ip }, queryOf(request.nextUrl.searchParams))));
  } catch (error) {
    explain(error);
    return seeOther("/xero-answer");
  }
}

/** Repeated or overlong parameters are nobody's. */
function queryOf(params: URLSearchParams): CallbackQuery {
  const one = (name: string) => {
    const [value, ...more] = params.getAll(name);
    return more.length === 0 && value !== undefined && value.length <= LONGEST ? value : undefined;
  };
  return { state: one("state"), code: one("code"), error: one("error") };
}
