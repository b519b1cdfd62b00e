import type { Req } from "../../core/types.ts";
import { invalid } from "./errors.ts";
import { inAcacia } from "./older-shapes.ts";

/** The version that the `stripe` SDK 23.1 pins, and that an account speaks when a request names none. */
export const API_VERSION = "2026-10-28.endive";

/** The version that SDK 17.7 pins. */
const ACACIA = "2025-02-24.acacia";

const SPOKEN = [API_VERSION, ACACIA] as const;

export type Version = (typeof SPOKEN)[number];

/** The version that a request asks for. Throws for what is no version, and for one whose shapes are not known here. */
export function versionOf(req: Req): Version {
  const asked = req.headers["stripe-version"];
  if (asked === undefined) return API_VERSION;
  const spoken = SPOKEN.find((version) => version === asked);
  if (spoken) return spoken;
  if (!/^20\d\d-\d\d-\d\d(\.[a-z]+)?$/.test(String(asked)))
    throw invalid(`Invalid Stripe API version: ${asked}`);
  throw invalid(`This simulator does not speak ${asked}. It speaks ${SPOKEN.join(" and ")}.`);
}

/** An answer in that version's shape. */
export function shownIn(version: Version, answer: object): object {
  return version === API_VERSION ? answer : (inAcacia(answer) as object);
}
