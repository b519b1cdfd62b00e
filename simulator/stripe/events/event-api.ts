import type { Route } from "../../core/types.ts";
import { type ApiHandler, api } from "../api.ts";
import { getObject, type Stored } from "../objects.ts";
import { noSuch } from "../wire/errors.ts";
import { listPage } from "../wire/lists.ts";

type StoredEvent = Stored & { object: "event"; type: string };

/** `type` may end in ".*". */
const matches = (wanted: string, type: string) =>
  wanted.endsWith(".*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;

const list: ApiHandler = (call) => {
  const one = call.params.text("type");
  const wanted = one === null ? call.params.texts("types") : [one];
  return listPage<StoredEvent>(
    call,
    "event",
    ({ type }) => wanted.length === 0 || wanted.some((name) => matches(name, type)),
  );
};

const retrieve: ApiHandler = ({ world, account, id, params }) => {
  params.done();
  const event = getObject<StoredEvent>(world, account.id, "event", id);
  if (!event) throw noSuch("event", id);
  return event;
};

export const eventRoutes: Route[] = [api("GET", "/v1/events", list), api("GET", "/v1/events/:id", retrieve)];
