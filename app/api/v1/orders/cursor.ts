import { z } from "zod";
import { Problem } from "#app/door/api/problems.ts";
import type { Position } from "#lib/orders/read.ts";

/** Where a page of orders ended, as text that nobody needs to read. */
export function cursorOf({ receivedAt, id }: Position): string {
  return Buffer.from(`${receivedAt.toISOString()} ${id}`).toString("base64url");
}

/** No order was received before 2000, and the database knows no year 0. */
const position = z.tuple([z.iso.datetime().startsWith("2"), z.uuid()]);

/** Throws Problem for a text that is no cursor of ours. */
export function positionOf(cursor: string): Position {
  const read = position.safeParse(Buffer.from(cursor, "base64url").toString().split(" "));
  if (!read.success) throw new Problem("parameter-invalid", "after: this is not “next” of a page.");
  const [receivedAt, id] = read.data;
  return { receivedAt: new Date(receivedAt), id };
}
