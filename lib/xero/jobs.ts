import { z } from "zod";

/** An organisation was tied to a firm, or consented to again: read it into the mirror. */
export const organisationConnected = {
  name: "xero.organisation-connected",
  payload: z.strictObject({ connectionId: z.uuid() }),
};

/** Somebody tried to connect an organisation that this connection's firm has. */
export const organisationAskedFor = {
  name: "xero.organisation-asked-for",
  payload: z.strictObject({ connectionId: z.uuid() }),
};

/** A connection's state changed: staff want to know. `since` tells one change from the next. */
export const connectionChanged = {
  name: "xero.connection-changed",
  payload: z.strictObject({ connectionId: z.uuid(), state: z.string(), since: z.iso.datetime() }),
};

/** Xero no longer takes a grant's tokens: only a person's new consent helps. */
export const grantLost = {
  name: "xero.grant-lost",
  payload: z.strictObject({ grantId: z.uuid(), since: z.iso.datetime() }),
};

/** Xero no longer takes an app's client id and secret: its owners save the current one, and nobody has to reconnect. */
export const appRefused = {
  name: "xero.app-refused",
  payload: z.strictObject({ appId: z.uuid(), since: z.iso.datetime() }),
};

/** Asks Xero again about organisations that it refused or no longer listed an hour ago. */
export const askLostAgain = { name: "xero.ask-lost-again", payload: z.strictObject({}) };

/** Scheduled every few minutes: finishes refreshes whose answer was lost, and refreshes grants nobody used for long. */
export const keepGrantsAlive = { name: "xero.keep-alive", payload: z.strictObject({}) };

/** Scheduled: forgets calls that no limit counts any more. */
export const forgetCalls = { name: "xero.forget-calls", payload: z.strictObject({}) };
