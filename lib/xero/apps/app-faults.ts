import { AppError } from "#lib/core/errors.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { IdentityRefusal } from "../consent/identity-faults.ts";
import { missingBookScopes, missingScopes, scopeInWords, tidyScopes } from "./scopes.ts";

/** A fault at one field of an app's form, in our words, with Xero's own where it said one. */
export function faultAt(field: "clientId" | "clientSecret" | "scopes", message: string): AppError {
  return new AppError("invalid", message, { field });
}

/** Which of the two Xero means by `invalid_client`, which it says of both. */
export function wrongPair(clientId: string): AppError {
  if (!/^[0-9A-Z]{32}$/.test(clientId)) {
    return faultAt(
      "clientId",
      "Xero doesn't know this client id (invalid_client). It has 32 capital letters and digits; copy it anew from Xero.",
    );
  }
  return faultAt(
    "clientSecret",
    "Xero doesn't take this secret with this client id (invalid_client). Make a new secret on the app's Configuration page and paste it here.",
  );
}

/** Xero could not be asked: nothing is known of the app. Throws anything else as it is. */
export function notAsked(cause: unknown): AppError {
  if (!(cause instanceof XeroFault || cause instanceof IdentityRefusal)) throw cause;
  const message = "Xero can't be reached to test these, so nothing was saved. Try again in a few minutes.";
  return new AppError("xero_busy", message, { cause });
}

/** The scopes to ask for, tidied. Throws `invalid` for what is no scope, and for one that the desk can't do without. */
export function checkedScopes(text: string, kind: "oauth2" | "custom"): string {
  const scopes = tidyScopes(text);
  const all = scopes.split(" ");
  const odd = all.find((scope) => !/^[a-z0-9_.]+$/.test(scope));
  if (odd !== undefined) throw faultAt("scopes", `“${odd.slice(0, 60)}” is not a scope.`);
  const [missing] = kind === "custom" ? missingBookScopes(all) : missingScopes(all);
  if (missing)
    throw faultAt(
      "scopes",
      `Add ${missing}: without it the desk can't ${lowerFirst(scopeInWords(missing))}.`,
    );
  return scopes;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
