import { log } from "#lib/core/log.ts";

/** Sends to each of several people, one dead mailbox or not. Throws once all had their turn, if any got nothing. */
export async function toEach(people: Iterable<string>, send: (to: string) => Promise<void>): Promise<void> {
  let failed: unknown;
  for (const to of people) {
    try {
      await send(to);
    } catch (error) {
      failed ??= error;
      log.warn({ err: error }, "letter.not-sent");
    }
  }
  if (failed) throw failed;
}
