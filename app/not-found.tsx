import type { Metadata } from "next";
import { connection } from "next/server";

export const metadata: Metadata = { title: "Page not found" };

/** Rendered for each request, so that it carries the page's nonce like every other. */
export default async function NotFound() {
  await connection();
  return (
    <main className="mx-auto grid max-w-md gap-4 px-4 pt-16 pb-20 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">There is no page here</h1>
      <p className="text-muted">
        The address may be mistyped, or the page may be one that you have no access to. To pay an invoice, use
        the link on it.
      </p>
      <p>
        <a href="/" className="inline-flex min-h-11 items-center">
          Go to the desk
        </a>
      </p>
    </main>
  );
}
