import { Button } from "../forms/button.tsx";

/** Where the pages' script can print; elsewhere the browser's own menu does. */
export function PrintButton() {
  return (
    <div hidden data-print className="no-print">
      <Button type="button" kind="quiet">
        Print or save
      </Button>
    </div>
  );
}
