import { z } from "zod";

/** A person waits for a link with which to set a password. `askId` tells one asking from the next. */
export const passwordLinkAsked = {
  name: "firms.password-link-asked",
  payload: z.strictObject({ askId: z.uuid(), userId: z.uuid(), firmId: z.uuid(), askedBy: z.uuid() }),
};
