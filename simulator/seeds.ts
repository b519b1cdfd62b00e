/** Empties and fills the world (issue 2, "reset to a seed"). */
import { getSetting, setSetting } from "./core/settings.ts";
import { statement, transaction } from "./core/sql.ts";
import type { World } from "./core/types.ts";
import { initIdentity, seedIdentity } from "./identity/index.ts";
import { initMailbox, seedMailbox } from "./mailbox/index.ts";
import type { Seed } from "./seed.ts";
import { initStripe, seedStripe } from "./stripe/index.ts";
import { initXero, seedXero } from "./xero/index.ts";

export function isSeeded(world: World): boolean {
  return getSetting(world, "seed", "") !== "";
}

/** Creates every part's tables where they are missing. */
export function initAll(world: World): void {
  for (const init of [initXero, initIdentity, initStripe, initMailbox]) init(world);
}

/**
 * Back to a known state: every row, fault and switch gone, the clock at real time, then the seed. Only the signing key
 * stays, so that a client's cached key set stays good.
 */
export async function resetTo(world: World, seed: Seed): Promise<void> {
  world.clock.advance(-getSetting(world, "clock.offsetMs", 0) / 1000);
  transaction(world.db, () => {
    for (const { name } of statement(world.db, tableNames).all()) world.db.exec(`delete from "${name}"`);
    initAll(world);
    seedXero(world, seed);
  });
  for (const fill of [seedIdentity, seedStripe, seedMailbox]) await fill(world);
  world.db.exec("analyze");
  setSetting(world, "seed", seed.seed);
  world.journal.write("simulator.reset", { ...seed });
}

const tableNames = `select name from sqlite_schema
  where type = 'table' and name not like 'sqlite_%' and name != 'identity_keys'`;
