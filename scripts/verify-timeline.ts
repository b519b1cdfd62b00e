/**
 * npm run verify-timeline [-- MARK…]: computes the chain of every firm's timeline anew, and names the first line of each
 * that is not what it was. Prints a mark for each chain; given such marks of a former run it also sees a chain that was
 * written anew. Ends with 1 when one is broken.
 */
import { type Mark, verifyTimeline } from "#lib/audit/verify.ts";
import { boot } from "#lib/core/boot.ts";
import { closeDb, db } from "#lib/core/db.ts";
import { optionsOf } from "./options.ts";

const { positionals } = optionsOf("npm run verify-timeline [-- MARK…]", { allowPositionals: true });
const marks = positionals.map(markOf);
boot();
for (const verdict of await verifyTimeline(db(), marks)) {
  if (verdict.state === "whole") {
    console.log(`whole   ${verdict.chain}:${verdict.links}:${verdict.hash}`);
  } else {
    const line = verdict.seq === null ? "" : ` (line ${verdict.seq})`;
    console.error(`broken  ${verdict.chain} at link ${verdict.position}${line}: ${verdict.why}`);
    process.exitCode = 1;
  }
}
await closeDb();

function markOf(text: string): Mark {
  const [chain, position, hash, ...rest] = text.split(":");
  if (!chain || !position || !hash || rest.length > 0 || !/^\d+$/.test(position)) {
    console.error(`${text} is no mark: one is CHAIN:LINKS:HASH, as this command prints it.`);
    process.exit(1);
  }
  return { chain, position: BigInt(position), hash };
}
