import "server-only";
import { unstable_rethrow } from "next/navigation";
import { FaultView } from "#components/fault-view.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { newReference } from "#lib/core/ids.ts";
import { log } from "#lib/core/log.ts";
import { STATIC_POLICY } from "#lib/core/web/security-headers.ts";
import NotFound, { metadata as notFoundMetadata } from "../not-found.tsx";
import { TITLE, titleOf } from "../site.ts";
import { draw } from "./draw.tsx";

/** What Next answers when a page throws: its redirect() and notFound() work that way, anything else is a fault of ours. */
export async function answerTo(error: unknown, address: string): Promise<Response> {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : "";
  const [, location, status] = /^NEXT_REDIRECT;\w+;(.*);(\d{3});$/.exec(digest) ?? [];
  if (location !== undefined) {
    const headers = { location, "cache-control": "no-store", "content-security-policy": STATIC_POLICY };
    return new Response(null, { status: Number(status), headers });
  }
  if (digest === "NEXT_HTTP_ERROR_FALLBACK;404") return absent();
  unstable_rethrow(error);
  const code = newReference().slice(3);
  log.error({ err: error, reference: code }, "door.failed");
  const fault = (
    <FaultView code={code}>
      <p className="font-semibold">
        If you have just paid, don't pay again: this page will say what became of it.
      </p>
      <ButtonLink href={address}>Try again</ButtonLink>
    </FaultView>
  );
  return draw(fault, { title: TITLE.default, status: 500 });
}

/** The page that says that there is none. */
export function absent(): Promise<Response> {
  return draw(<NotFound />, { title: titleOf(notFoundMetadata), status: 404 });
}
