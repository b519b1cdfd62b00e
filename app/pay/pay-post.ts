import "server-only";
import type { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { AppError } from "#lib/core/errors.ts";
import { explain } from "../door/errors.ts";
import { requireOwnOrigin } from "../door/origin.ts";
import { readForm } from "../door/raw-body.ts";
import { type PayParams, payPath } from "./pay-door.ts";

/** Fields that come as lists, however many there are. */
const LISTS = ["invoice", "amount"];

type Context<P> = { params: Promise<P> };

/**
 * A plain form of a pay page: our own origin, a small body, its shape, then the work. What goes wrong leads to a page that says so; nothing was charged by then.
 */
export function payPost<S extends z.ZodType, P extends PayParams = PayParams>(
  shape: S,
  work: (input: z.output<S>, params: P, request: Request) => Promise<Response>,
): (request: Request, context: Context<P>) => Promise<Response> {
  return async (request, context) => {
    const params = await context.params;
    try {
      requireOwnOrigin(request.headers);
      const data = await readForm(request);
      const fields = Object.fromEntries(
        [...new Set(data.keys())].map((name) => [
          name,
          LISTS.includes(name) ? data.getAll(name) : data.get(name),
        ]),
      );
      const parsed = shape.safeParse(fields);
      if (!parsed.success) throw new AppError("invalid", "That form was incomplete.");
      return await work(parsed.data, params, request);
    } catch (error) {
      const known = explain(error);
      return seeOther(`${payPath(params)}/stopped?why=${known.code}`);
    }
  };
}
