import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "../env.ts";

/** Where a secret lives. It is bound into the ciphertext, so that a row's secret opens in no other place. */
export type Place = { table: string; row: string; column: string };

/** A column of sealed secrets, by its names in the database; its rows are told apart by `id`. */
export type SealedColumn = { table: string; column: string };

const VERSION = "v1";

/** Seals a secret with the current key: `v1.keyName.nonce.ciphertext.tag`, AES-256-GCM, 96-bit nonce, 128-bit tag. */
export function seal(plain: string, place: Place): string {
  const [name, key] = keys()[0] ?? fail("VAULT_KEYS is empty");
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  cipher.setAAD(bound(place, name));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return [
    VERSION,
    name,
    nonce.toString("base64url"),
    sealed.toString("base64url"),
    cipher.getAuthTag().toString("base64url"),
  ].join(".");
}

/** Opens what `seal` made for this very place. Throws when it was moved, cut or changed, or its key is gone. */
export function open(envelope: string, place: Place): string {
  const [version, name, nonce, sealed, tag, ...rest] = envelope.split(".");
  if (version !== VERSION || !name || !nonce || sealed === undefined || !tag || rest.length > 0)
    fail("not a sealed secret");
  const key = keys().find(([known]) => known === name)?.[1] ?? fail(`no vault key named ${name}`);
  const tagBytes = Buffer.from(tag, "base64url");
  if (tagBytes.length !== 16) fail("a tag of the wrong length");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), {
    authTagLength: 16,
  });
  decipher.setAAD(bound(place, name));
  decipher.setAuthTag(tagBytes);
  return Buffer.concat([decipher.update(Buffer.from(sealed, "base64url")), decipher.final()]).toString(
    "utf8",
  );
}

/** What a secret begins with that the current key sealed. */
export function currentPrefix(): string {
  const [name] = keys()[0] ?? fail("VAULT_KEYS is empty");
  return `${VERSION}.${name}.`;
}

/** The name of the key that sealed this; nothing is opened. */
export function keyNameOf(envelope: string): string {
  return envelope.split(".")[1] ?? "";
}

function keys(): [name: string, key: Buffer][] {
  return env()
    .VAULT_KEYS.split(",")
    .map((entry) => {
      const colon = entry.indexOf(":");
      return [entry.slice(0, colon), Buffer.from(entry.slice(colon + 1), "base64")];
    });
}

function bound(place: Place, key: string): Buffer {
  return Buffer.from([VERSION, key, place.table, place.row, place.column].join("|"), "utf8");
}

function fail(what: string): never {
  throw new Error(`Vault: ${what}`);
}
