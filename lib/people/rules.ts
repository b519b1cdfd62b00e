import { COMMON_PASSWORDS } from "./common-passwords.ts";

/** Staff sessions: how long without a click, and how long at all. */
export const SESSION_IDLE_SECONDS = 12 * 3600;
export const SESSION_SECONDS = 14 * 24 * 3600;

/** How long the link lives with which a new person sets a password. */
export const PASSWORD_LINK_SECONDS = 3 * 24 * 3600;

/** Stands where a hash would for a person who has set no password yet; no password fits it. */
export const NO_PASSWORD = "!";

const PASSWORD_MIN = 15;
const PASSWORD_MAX = 256;

/** Why this password can't be taken, or null. Length is all that is asked; what everyone uses is refused. */
export function refusePassword(password: string, about: { email: string; name: string }): string | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters. A few unrelated words do well.`;
  if (length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters.`;
  if (new Set(password).size < 5) return "Use more than a few different characters.";
  const plain = password.normalize("NFKC").toLowerCase();
  const core = plain.replace(/[^a-z]/g, "");
  if (COMMON_PASSWORDS.has(plain) || isRepeated(plain) || isMadeOfCommon(core, plain)) {
    return "That is one of the first passwords anybody would try. Choose another.";
  }
  const own = [about.email, about.email.split("@")[0], about.name.toLowerCase()];
  if (own.some((word) => word && word.length >= 4 && plain.replaceAll(word, "").length < 8)) {
    return "That is little more than your own name or e-mail. Choose another.";
  }
  return null;
}

/** "abcabcabcabcabc": a short piece over and over. */
function isRepeated(plain: string): boolean {
  for (let size = 1; size <= plain.length / 3; size += 1) {
    const piece = plain.slice(0, size);
    if (piece.repeat(Math.ceil(plain.length / size)).slice(0, plain.length) === plain) return true;
  }
  return false;
}

/** "Password12345678!": a common word, and for the rest only digits and signs. */
function isMadeOfCommon(core: string, plain: string): boolean {
  return COMMON_PASSWORDS.has(core) || (core === "" && /^(?:\d[^a-z]*)+$/.test(plain) && isRun(plain));
}

/** "123456789012345": digits that only count up or down. */
function isRun(plain: string): boolean {
  const digits = [...plain].map(Number);
  return digits.every((digit, at) => {
    const before = digits[at - 1];
    return before === undefined || Math.abs(digit - before) === 1 || Math.abs(digit - before) === 9;
  });
}
