/**
 * npm run rotate-vault: seals every secret in the database anew with the first of VAULT_KEYS. Web and worker go on
 * meanwhile; they must have been restarted with the same VAULT_KEYS before. Stopped half way, run it again.
 */
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { rotateVault } from "#lib/core/vault/rotate-vault.ts";
import { currentPrefix, keyNameOf } from "#lib/core/vault/vault.ts";
import { ALL_SEALED_COLUMNS } from "#lib/jobs/sealed-columns.ts";
import { optionsOf } from "./options.ts";

optionsOf("npm run rotate-vault", {});
boot();
const rotated = await rotateVault(db(), ALL_SEALED_COLUMNS);
await closeDb();

const left: Record<string, number> = {};
for (const { table, column, resealed, left: here } of rotated) {
  console.log(`${table}.${column}: ${resealed} sealed anew`);
  for (const [key, rows] of Object.entries(here)) left[key] = (left[key] ?? 0) + rows;
}
const current = keyNameOf(currentPrefix());
if (Object.keys(left).length === 0) {
  console.log(
    `Everything is sealed with ${current}. When web and worker have run with it in front for half an hour, for payers'
cookies are sealed too, take the other keys out of VAULT_KEYS and restart both. Keep them with the backups made before.`,
  );
} else {
  for (const [key, rows] of Object.entries(left))
    console.error(`${rows} rows are still sealed with ${key}: keep it in VAULT_KEYS.`);
  console.error(
    "Restart web and worker with the new key in front, see that VAULT_KEYS names the old one too, and run this again.",
  );
  process.exitCode = 1;
}
