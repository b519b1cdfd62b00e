"use client";

import { FaultView } from "#components/fault-view.tsx";
import { Button } from "#components/forms/button.tsx";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Where a page could not be drawn. The digest finds the cause in the log. */
export default function PageError({ error, reset }: Props) {
  return (
    <FaultView code={error.digest}>
      <Button type="button" onClick={reset}>
        Try again
      </Button>
    </FaultView>
  );
}
