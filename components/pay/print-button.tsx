"use client";

import { useEffect, useState } from "react";
import { Button } from "../button.tsx";

/** Where a script can print; elsewhere the browser's own menu does. */
export function PrintButton() {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  if (!ready) return null;
  return (
    <div className="no-print">
      <Button type="button" kind="quiet" onClick={() => window.print()}>
        Print or save
      </Button>
    </div>
  );
}
