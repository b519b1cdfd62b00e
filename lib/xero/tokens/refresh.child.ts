/** Test only: a process of its own that asks for a token, argv: grant id, how many callers at once. Says when it begins, and what they got. */
import { closeDb, db } from "#lib/core/db.ts";
import { freshAccessToken } from "./refresh.ts";

const [grantId = "", callers = "1"] = process.argv.slice(2);
console.log("begins");
const tokens = await Promise.allSettled(
  Array.from({ length: Number(callers) }, () => freshAccessToken(db(), grantId)),
);
console.log(JSON.stringify(tokens.map((result) => (result.status === "fulfilled" ? result.value : null))));
await closeDb();
