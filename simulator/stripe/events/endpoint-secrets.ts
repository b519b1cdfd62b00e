import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";
import { newId } from "../wire/ids.ts";

/** Shown once, in the answer that creates the endpoint. */
export function newEndpointSecret(world: World, id: string): string {
  const secret = newId("whsec_");
  statement(world.db, "insert into stripe_secrets values (?, ?)").run(id, secret);
  return secret;
}

export function endpointSecret(world: World, id: string): string {
  const row = statement(world.db, "select secret from stripe_secrets where id = ?").get(id);
  return String(row?.secret);
}
