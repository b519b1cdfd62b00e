import { createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { statement } from "../../core/sql.ts";
import type { World } from "../../core/types.ts";

type SigningKey = { kid: string; privatePem: string };

/** Made at its first use and kept through resets, so that a client's cached key set stays good. */
export function signingKey(world: World): SigningKey {
  const stored = statement(
    world.db,
    "select kid, private_pem as privatePem from identity_keys limit 1",
  ).get();
  if (stored) return stored as SigningKey;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = {
    kid: randomUUID().replaceAll("-", "").toUpperCase(),
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  statement(world.db, "insert into identity_keys values (?, ?)").run(key.kid, key.privatePem);
  return key;
}

export function publicJwk(world: World) {
  const { kid, privatePem } = signingKey(world);
  const { n, e } = createPublicKey(privatePem).export({ format: "jwk" });
  return { kty: "RSA", use: "sig", kid, alg: "RS256", n, e };
}
