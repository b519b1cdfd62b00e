import { scopeInWords } from "./scopes.ts";

/** How a connection is doing, told from its own row and its grant's. */
export type ConnectionHealth = {
  organisationName: string;
  state: "healthy" | "needs_reconnect" | "disconnected" | "organisation_gone" | "missing_scope";
  reason: string | null;
  unreachableSince: Date | null;
};

export type HealthWords = {
  tone: "ok" | "warn" | "danger";
  word: string;
  sentence: string;
  /** What mends it: a new consent, the app's settings, or nothing but time. */
  cure: "reconnect" | "app_settings" | null;
};

/** A connection's state as its people read it: a word, what it means, what to do. */
export function healthInWords(health: ConnectionHealth): HealthWords {
  const { organisationName: name } = health;
  switch (health.state) {
    case "healthy":
      return health.unreachableSince
        ? {
            tone: "warn",
            word: "Xero doesn't answer",
            sentence:
              "We keep trying. Payments taken meanwhile are kept here and written to Xero when it is back.",
            cure: null,
          }
        : {
            tone: "ok",
            word: "Connected",
            sentence: `Payments are written to ${name}, and its invoices are read from it.`,
            cure: null,
          };
    case "needs_reconnect":
      return needsReconnect(health);
    case "disconnected":
      return {
        tone: "danger",
        word: "Disconnected in Xero",
        sentence: `Someone removed our access to ${name} inside Xero. Until it is reconnected nobody can pay by link.`,
        cure: "reconnect",
      };
    case "organisation_gone":
      return {
        tone: "danger",
        word: "Xero refuses this organisation",
        sentence: `Xero lists ${name} as connected and still refuses it. It may be closed, or the consenting user lost access to it. Reconnect as a user who has access.`,
        cure: "reconnect",
      };
    case "missing_scope":
      return {
        tone: "danger",
        word: "A permission is missing",
        sentence: health.reason
          ? `Xero did not allow us to ${lowerFirst(scopeInWords(health.reason))} (${health.reason}). Reconnect, and allow all that Xero asks.`
          : "Xero did not allow us everything we need. Reconnect, and allow all that Xero asks.",
        cure: "reconnect",
      };
  }
}

function needsReconnect({ reason, organisationName }: ConnectionHealth): HealthWords {
  if (reason === "app_refused") {
    return {
      tone: "danger",
      word: "The Xero app needs its new secret",
      sentence:
        "Xero no longer takes the app's client secret. Save the current one; nobody has to reconnect.",
      cure: "app_settings",
    };
  }
  return {
    tone: "danger",
    word: "Needs to be reconnected",
    sentence: `${WHY[reason ?? ""] ?? WHY.invalid_grant} Payments already taken wait here, and are written to ${organisationName} then.`,
    cure: "reconnect",
  };
}

const WHY: Record<string, string> = {
  invalid_grant: "Xero no longer takes our access: it was withdrawn there, or its user was removed.",
  answer_lost: "An answer of Xero's stayed lost for longer than Xero allows, so our access lapsed.",
  app_changed: "The Xero app was replaced by another, and access belongs to the app.",
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
