import { json } from "../core/reply.ts";
import { setSetting } from "../core/settings.ts";
import type { Route } from "../core/types.ts";
import { deleteMessages, listMessages } from "./messages.ts";
import { DEAD, REFUSING } from "./smtp.ts";

export const controlRoutes: Route[] = [
  {
    method: "GET",
    pattern: "/control/mail",
    handler: ({ url }, world) => {
      const { to = "", subject = "" } = Object.fromEntries(url.searchParams);
      return json({ messages: listMessages(world, { to, subject }) });
    },
  },
  {
    method: "DELETE",
    pattern: "/control/mail",
    handler: (_, world) => {
      const removed = deleteMessages(world);
      world.journal.write("mail.cleared", { removed });
      return json({ removed });
    },
  },
  {
    method: "POST",
    pattern: "/control/mail/faults",
    handler: (req, world) => {
      const { refuse = false, dead = [] } = req.json() as { refuse?: boolean; dead?: string[] };
      setSetting(world, REFUSING, refuse);
      setSetting(
        world,
        DEAD,
        dead.map((address) => address.toLowerCase()),
      );
      world.journal.write("mail.faults", { refuse, dead });
      return json({ refuse, dead });
    },
  },
];
