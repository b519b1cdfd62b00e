import { html, page } from "../../core/html.ts";
import { redirect } from "../../core/reply.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { fullName, getUser, listUsers } from "../users.ts";
import type { AuthorizeRequest } from "./authorize-request.ts";
import { endSession, startSession } from "./sessions.ts";

/** Which of the simulated people sits at this browser; there are no passwords. */
export function signInPage(world: World, { app, query }: AuthorizeRequest): Res {
  const people = listUsers(world).map(
    (user) =>
      html`<p><button class="quiet" name="user" value="${user.userId}">${fullName(user)} · ${user.email}</button></p>`,
  );
  return page({
    title: "Log in",
    brand: "Xero",
    body: html`<h1>Log in to Xero</h1>
<p>to continue to <strong>${app.name}</strong></p>
<form class="card" method="post" action="/identity/sign-in">
<input type="hidden" name="request" value="${query}">
<p class="soft">Sign in as one of the simulated people:</p>
${people}
</form>`,
  });
}

const backToConsent = (req: Req, cookie: string): Res => {
  const request = new URLSearchParams(req.form().get("request") ?? "");
  const answer = redirect(`/identity/connect/authorize?${request}`);
  return { ...answer, headers: { ...answer.headers, "set-cookie": cookie } };
};

function signIn(req: Req, world: World): Res {
  const user = getUser(world, req.form().get("user") ?? "");
  if (!user) return backToConsent(req, endSession(req, world));
  world.journal.write("identity.signed-in", { userId: user.userId });
  return backToConsent(req, startSession(world, user.userId));
}

export const signInRoutes: Route[] = [
  { method: "POST", pattern: "/identity/sign-in", handler: signIn },
  {
    method: "POST",
    pattern: "/identity/sign-out",
    handler: (req, world) => backToConsent(req, endSession(req, world)),
  },
];
