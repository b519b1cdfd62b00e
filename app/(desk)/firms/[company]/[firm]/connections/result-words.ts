import type { ConnectRefusal } from "#lib/xero/consent/finish-connect.ts";

type Word =
  | ConnectRefusal
  | "connected"
  | "renewed"
  | "disconnected"
  | "ended_here"
  | "ended_custom"
  | "no_app"
  | "not_connected";
type Result = { tone: "ok" | "info" | "warn" | "danger"; text: string };

const NOTHING = "Nothing was changed.";

/** What came of a Connect or Disconnect, by the word in the address. */
const RESULTS: Record<Word, Result> = {
  connected: {
    tone: "ok",
    text: "Xero is connected. Its invoices are being read now; that takes a few minutes.",
  },
  renewed: { tone: "ok", text: "The connection is renewed. What waited for it goes on by itself." },
  disconnected: { tone: "ok", text: "The organisation is disconnected, here and at Xero." },
  ended_here: {
    tone: "warn",
    text: "The connection is ended here. Xero still lists our app: remove it there too, under Settings, Connected apps.",
  },
  ended_custom: {
    tone: "warn",
    text: "The custom connection is ended here, and its secret forgotten. At Xero it still stands and is paid for: disconnect it inside Xero under Settings, Connected apps, or delete it among your apps at developer.xero.com.",
  },
  cancelled: { tone: "info", text: `You cancelled at Xero. ${NOTHING}` },
  state: {
    tone: "warn",
    text: `This answer from Xero was used before, came too late, or belongs to another browser. ${NOTHING} Press Connect again.`,
  },
  answer: {
    tone: "danger",
    text: `Xero's answer was incomplete or can't be trusted. ${NOTHING} Press Connect again.`,
  },
  xero_refused: {
    tone: "danger",
    text: `Xero refused to finish the connection. ${NOTHING} Press Connect again.`,
  },
  app_refused: {
    tone: "danger",
    text: `Xero doesn't take the app's client id and secret. ${NOTHING} Save the right ones under Settings, Xero.`,
  },
  clock: {
    tone: "danger",
    text: `This server's clock and Xero's differ by more than five minutes. ${NOTHING} Set the clock right, then press Connect again.`,
  },
  no_answer: {
    tone: "warn",
    text: `Xero's answer did not arrive. ${NOTHING} Press Connect again in a few minutes.`,
  },
  no_organisation: {
    tone: "warn",
    text: `No organisation was chosen at Xero. ${NOTHING} Press Connect again and choose one.`,
  },
  practice: {
    tone: "warn",
    text: `You chose a practice at Xero, and a practice has no books to connect. ${NOTHING} Press Connect again and choose an organisation.`,
  },
  taken: {
    tone: "danger",
    text: `This organisation can't be connected here: it is in use elsewhere on this desk. ${NOTHING}`,
  },
  other_organisation: {
    tone: "danger",
    text: `You chose another organisation at Xero than the one to reconnect. ${NOTHING} Press Reconnect again and choose the same one; a further one is added with “Connect another organisation”.`,
  },
  unreadable: {
    tone: "danger",
    text: `Xero's description of this organisation could not be read, so it was not connected. ${NOTHING}`,
  },
  not_connected: { tone: "warn", text: "That organisation is no longer connected here." },
  no_app: { tone: "warn", text: "First save a Xero app under Settings, Xero." },
};

export function resultInWords(word: unknown): Result | null {
  return typeof word === "string" && Object.hasOwn(RESULTS, word) ? RESULTS[word as Word] : null;
}
