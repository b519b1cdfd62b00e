/** Test only: a process that asks for a token at each line it reads, argv: grant id; answers with the token's hash, or null. */
import { createInterface } from "node:readline";
import { closeDb, db } from "#lib/core/db.ts";
import { hashOf } from "#lib/core/ids.ts";
import { freshAccessToken } from "#lib/xero/tokens/refresh.ts";

const [grantId = ""] = process.argv.slice(2);
await db().execute("select 1");
console.log("ready");
for await (const _ of createInterface({ input: process.stdin })) {
  const token = await freshAccessToken(db(), grantId).catch(() => null);
  console.log(JSON.stringify(token && hashOf(token)));
}
await closeDb();
