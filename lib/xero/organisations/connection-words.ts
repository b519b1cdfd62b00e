import { blockedWithout, scopeInWords } from "../apps/scopes.ts";

/** How a connection is doing and since when, told from its own row and its grant's. */
export type ConnectionHealth = {
  organisationName: string;
  state: "healthy" | "needs_reconnect" | "disconnected" | "organisation_gone" | "missing_scope";
  reason: string | null;
  stateSince: Date;
  unreachableSince: Date | null;
};

export type HealthWords = {
  tone: "ok" | "warn" | "danger";
  word: string;
  sentence: string;
  /** When what it tells began; null when all is well. */
  since: Date | null;
  /** What mends it: a new consent, another organisation's, the app's settings, or nothing but time. */
  cure: "reconnect" | "connect_anew" | "app_settings" | null;
};

type Words = Omit<HealthWords, "since">;

/** A connection's state as its people read it: a word, since when, what it means, what to do. */
export function healthInWords(health: ConnectionHealth): HealthWords {
  const since = health.state === "healthy" ? health.unreachableSince : health.stateSince;
  return { ...wordsOf(health), since };
}

function wordsOf(health: ConnectionHealth): Words {
  const { organisationName: name } = health;
  switch (health.state) {
    case "healthy":
      return health.unreachableSince
        ? {
            tone: "warn",
            word: "Xero doesn't answer",
            sentence:
              "We keep trying. What clients paid before is kept here and written when Xero is back; they can pay only while our copy of an invoice is fresh.",
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
      return goneWords(health);
    case "missing_scope":
      return {
        tone: "danger",
        word: "A permission is missing",
        sentence: health.reason
          ? `Xero did not allow us to ${lowerFirst(scopeInWords(health.reason))} (${health.reason}): ${blockedWithout(health.reason)}. Reconnect, and allow all that Xero asks.`
          : "Xero did not allow us everything we need. Reconnect, and allow all that Xero asks.",
        cure: "reconnect",
      };
  }
}

function goneWords({ reason, organisationName: name }: ConnectionHealth): Words {
  if (reason === "demo_reset") {
    return {
      tone: "danger",
      word: "The demo company was reset",
      sentence: `Xero resets its demo companies within 28 days: the books behind ${name} are gone, and its new ones are another organisation. Nothing more is written. Connect the new one, then disconnect this.`,
      cure: "connect_anew",
    };
  }
  if (reason === "other_organisation") {
    return {
      tone: "danger",
      word: "Another organisation answers",
      sentence: `What Xero shows under this connection is no longer ${name} as it was connected, so nothing more is written. Look in Xero, then reconnect.`,
      cure: "reconnect",
    };
  }
  return {
    tone: "danger",
    word: "Xero refuses this organisation",
    sentence: `Xero lists ${name} as connected and still refuses it. It may be closed, or the consenting user lost access to it. We ask again every hour; or reconnect as a user who has access.`,
    cure: "reconnect",
  };
}

function needsReconnect({ reason, organisationName }: ConnectionHealth): Words {
  if (reason === "app_refused") {
    return {
      tone: "danger",
      word: "The Xero app needs its new secret",
      sentence:
        "Xero no longer takes the app's client secret. Save the current one; nobody has to reconnect.",
      cure: "app_settings",
    };
  }
  if (reason === "custom_refused") {
    return {
      tone: "danger",
      word: "The custom connection was withdrawn",
      sentence: `Xero no longer gives it access to ${organisationName}. Authorise it again at Xero, with all its scopes, then save it again.`,
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
  restored:
    "The desk's database was restored from a backup, and Xero no longer takes the access that was in it.",
  invalid_grant: "Xero no longer takes our access: it was withdrawn there, or its user was removed.",
  answer_lost: "An answer of Xero's stayed lost for longer than Xero allows, so our access lapsed.",
  app_changed: "The Xero app was replaced by another, and access belongs to the app.",
};

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
