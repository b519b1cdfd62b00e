import "server-only";
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { type Caller, openFairQueue } from "./fair-queue.ts";

const MEMORY_KIB = 64 * 1024;
const PASSES = 3;
const PARALLELISM = 1;
const HASH_BYTES = 32;

/** A hash takes an eighth of a second and 64 MiB: two at a time, and at most some seconds' worth waiting. */
const turns = openFairQueue({ atOnce: 2, most: 100 });

/** Who sets a password came by a link of ours, or is at the machine itself. */
const BY_LINK: Caller = { name: "link", isKnown: true };

const argon = promisify(argon2);

/** PHC string, argon2id with 64 MiB, 3 passes, 1 lane. Throws `too_many` when more hashes wait than this machine can do. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, BY_LINK);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${base64(salt)}$${base64(hash)}`;
}

/** Constant time in the password. A stored text that isn't ours fits no password. Throws `too_many` as above. */
export async function verifyPassword(password: string, stored: string, caller: Caller): Promise<boolean> {
  const match = PHC.exec(stored);
  const salt = Buffer.from(match?.[1] ?? base64(randomBytes(16)), "base64");
  const expected = Buffer.from(match?.[2] ?? "", "base64");
  const hash = await derive(password, salt, caller);
  return expected.length === HASH_BYTES && timingSafeEqual(hash, expected);
}

/** Does the work of a check that can only fail, so that an unknown person takes as long as a wrong password. */
export async function verifyNothing(password: string, caller: Caller): Promise<false> {
  await derive(password, randomBytes(16), caller);
  return false;
}

const PHC = new RegExp(
  `^\\$argon2id\\$v=19\\$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})$`,
);

function derive(password: string, nonce: Buffer, caller: Caller): Promise<Buffer> {
  // The same characters typed on two keyboards may come as different code points.
  const message = Buffer.from(password.normalize("NFKC"), "utf8");
  return turns.take(caller, () =>
    argon("argon2id", {
      message,
      nonce,
      parallelism: PARALLELISM,
      tagLength: HASH_BYTES,
      memory: MEMORY_KIB,
      passes: PASSES,
    }),
  );
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
