/**
 * Loaded into each web process before Next. Once web.ts has put another in its place and says "leave", each answer closes
 * its connection, so that no client sends another request on one that is about to end; and when web.ts has let go of the
 * process and the last connection is closed, it ends.
 */
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

let isLeaving = false;

process.on("message", (said) => {
  if (said === "leave") isLeaving = true;
});

subscribe("http.server.request.start", (message) => {
  const { response } = message as { response: ServerResponse };
  if (isLeaving) response.setHeader("Connection", "close");
});

process.once("disconnect", () => process.exit(0));
