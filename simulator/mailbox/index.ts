import type { Route } from "../core/types.ts";
import { controlRoutes } from "./control.ts";
import { pageRoutes } from "./mail-pages.ts";

export { startSmtp } from "./smtp.ts";
export { initMailbox, seedMailbox } from "./tables.ts";

export const mailboxRoutes: Route[] = [...pageRoutes, ...controlRoutes];
