import { Message } from "./message.tsx";

/** The same for links, codes and payments; it tells nothing about what was tried. */
export function TooManyTriesView({ waitMinutes }: { waitMinutes: number }) {
  return (
    <Message title="Too many tries">
      <p>
        Please wait {waitMinutes === 1 ? "a minute" : `${waitMinutes} minutes`}, then open the link on your
        invoice again.
      </p>
    </Message>
  );
}
