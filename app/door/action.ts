import "server-only";
import { headers } from "next/headers";
import { z } from "zod";
import { db } from "#lib/core/db.ts";
import { AppError, Misfilled } from "#lib/core/errors.ts";
import { FileFaults, faultInWords } from "#lib/core/text/file-faults.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { type FirmContext, requireFirm } from "#lib/firms/authorise.ts";
import type { Ability } from "#lib/firms/rules.ts";
import type { Actor } from "#lib/people/actor.ts";
import { type ActionState, fieldsOf, typedIn } from "./action-state.ts";
import { currentActor } from "./actor.ts";
import { explain } from "./errors.ts";
import { requireOwnOrigin } from "./origin.ts";

/** A firm's place in an address, as pages get it in `params`. */
export type Place = { company: string; firm: string };

/** What a form says when all went well; `lines` is a report. */
type Said = string | { message: string; lines: string[] };

/** Whence the form came; the address is null where it can't be known. */
type From = { ip: string | null; userAgent: string | null };

type Work<S extends z.ZodType, C> = (input: z.output<S>, caller: C) => Promise<Said>;
type Action = (before: ActionState, form: FormData) => Promise<ActionState>;

/** For forms that a stranger may send (sign-in, set-up): origin, shape, work. What `work` returns is what the form says. */
export function openAction<S extends z.ZodType>(schema: S, work: Work<S, From>): Action {
  return (_, form) => answer(form, async () => work(parse(schema, form), await whence()));
}

/** For forms of a signed-in person: origin, session, shape, work. `work` must authorise what it touches. */
export function personAction<S extends z.ZodType>(schema: S, work: Work<S, From & { actor: Actor }>): Action {
  return (_, form) =>
    answer(form, async () => {
      const actor = await signedIn();
      return work(parse(schema, form), { actor, ...(await whence()) });
    });
}

/**
 * For forms about one firm: origin, session, ability, shape, work. The form says which by `useActionForm(sendProfile, place)`.
 * `work` uses `firm.firmId`, and no id from the form that it has not looked up under it.
 */
export function firmAction<S extends z.ZodType>(
  schema: S,
  ability: Ability,
  work: Work<S, From & { actor: Actor; firm: FirmContext }>,
): (place: Place, before: ActionState, form: FormData) => Promise<ActionState> {
  return (place, _, form) =>
    answer(form, async () => {
      const actor = await signedIn();
      const firm = await requireFirm(db(), actor, slugsOf(place), ability);
      return work(parse(schema, form), { actor, firm, ...(await whence()) });
    });
}

const placeShape = z.object({ company: z.string(), firm: z.string() });

/** A bound argument comes back from the browser: as little to be trusted as a field. */
function slugsOf(place: Place) {
  const parsed = placeShape.safeParse(place);
  return { companySlug: parsed.data?.company ?? "", firmSlug: parsed.data?.firm ?? "" };
}

async function answer(form: FormData, work: () => Promise<Said>): Promise<ActionState> {
  try {
    requireOwnOrigin(await headers());
    const said = await work();
    return typeof said === "string" ? { status: "ok", message: said } : { status: "ok", ...said };
  } catch (error) {
    const values = typedIn(form);
    if (error instanceof Misfilled)
      return { status: "error", message: error.message, fields: error.fields, values };
    const known = explain(error);
    if (known instanceof FileFaults) {
      const fields = { file: known.faults.map(faultInWords) };
      return { status: "error", message: known.message, fields, values };
    }
    const fields = known.field ? { [known.field]: [known.message] } : {};
    return { status: "error", message: known.message, fields, values };
  }
}

function parse<S extends z.ZodType>(schema: S, form: FormData): z.output<S> {
  const parsed = schema.safeParse(fieldsOf(form));
  if (parsed.success) return parsed.data;
  throw new Misfilled(z.flattenError(parsed.error).fieldErrors);
}

async function signedIn(): Promise<Actor> {
  const actor = await currentActor();
  if (actor) return actor;
  throw new AppError("unauthenticated", "You are signed out. Sign in in another tab, then send this again.");
}

async function whence(): Promise<From> {
  const all = await headers();
  return { ip: clientAddress(all), userAgent: all.get("user-agent") };
}
