import { z } from "zod";
import { json, redirect } from "../core/reply.ts";
import type { Handler, Req, Res, World } from "../core/types.ts";

const openBrace = "{".charCodeAt(0);

/** A JSON body, or the fields of the control page's forms. Empty fields are absent. */
function read(req: Req): unknown {
  if (req.raw.length === 0) return {};
  if (!isForm(req)) return req.json();
  return Object.fromEntries([...req.form()].filter(([, value]) => value !== ""));
}

/** By the body too: `curl -d '{…}'` calls its JSON a form. */
const isForm = (req: Req) =>
  /^application\/x-www-form-urlencoded/.test(req.headers["content-type"] ?? "") && req.raw[0] !== openBrace;

/** Parses the body, answers 400 with the reasons, and takes a person's form back to the page it came from. */
export function taking<T extends z.ZodType>(
  shape: T,
  work: (input: z.infer<T>, world: World, req: Req) => unknown,
): Handler {
  return async (req, world): Promise<Res> => {
    const parsed = shape.safeParse(read(req));
    if (!parsed.success) return refused(req, z.prettifyError(parsed.error), 400);
    try {
      const answer = await work(parsed.data, world, req);
      return isForm(req) ? redirect(pageOf(req)) : json(answer ?? { ok: true });
    } catch (error) {
      if (error instanceof NotThere) return refused(req, error.message, 404);
      if (error instanceof NotAllowed) return refused(req, error.message, 409);
      throw error;
    }
  };
}

/** A form that names its page has the reason told there. */
function refused(req: Req, error: string, status: number): Res {
  const back = backOf(req);
  return back ? redirect(`${back}?${new URLSearchParams({ refused: error })}`) : json({ error }, status);
}

/** The page of this program that a form names as its own. */
function backOf(req: Req): string | undefined {
  const back = isForm(req) ? (req.form().get("back") ?? "") : "";
  return /^\/(?!\/)/.test(back) ? back : undefined;
}

/** The page of ours that a form stands on. */
function pageOf(req: Req): string {
  const { headers, url } = req;
  const back = backOf(req);
  if (back) return `${back}?done=1`;
  const from = URL.parse(headers.referer ?? "");
  return from?.host === url.host ? from.pathname : "/control";
}

export class NotThere extends Error {}
export class NotAllowed extends Error {}

/** Forms send words; JSON sends numbers. */
export const number = z.coerce.number();

export const probability = number.min(0).max(1);

/** "on", "true" and true are yes. */
export const yes = z
  .union([z.boolean(), z.string()])
  .transform((value) => value === true || /^(on|true|yes|1)$/i.test(String(value)));
