import { expect, test } from "vitest";
import { requireOwnOrigin } from "./origin.ts";

const OWN = "http://localhost:3000";

test.each<[string, Record<string, string>, boolean]>([
  ["our own page", { origin: OWN, "sec-fetch-site": "same-origin" }, true],
  ["our own page in a browser without Sec-Fetch-Site", { origin: OWN }, true],
  ["no Origin", {}, false],
  ["no Origin, though Sec-Fetch-Site says ours", { "sec-fetch-site": "same-origin" }, false],
  ["Origin null", { origin: "null", "sec-fetch-site": "cross-site" }, false],
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
  ["another port", { origin: "http://localhost:3001", "sec-fetch-site": "same-site" }, false],
  ["a longer name", { origin: "http://localhost:3000.evil.example" }, false],
  [
    "our Origin in a request that the browser calls cross-site",
    { origin: OWN, "sec-fetch-site": "cross-site" },
    false,
  ],
  ["our Origin typed into the address bar", { origin: OWN, "sec-fetch-site": "none" }, false],
  [
    "another site with our name in the headers it can write",
    { origin: "https://evil.example", host: "evil.example", "x-forwarded-host": "evil.example" },
    false,
  ],
  [
    "another site that claims to be forwarded for us",
    { origin: "https://evil.example", "x-forwarded-host": "localhost:3000" },
    false,
  ],
])("A3: a form from %s", (_, headers, allowed) => {
  const send = () => requireOwnOrigin(new Headers(headers));
  if (allowed) expect(send).not.toThrow();
  else expect(send).toThrow("This form came from another address");
});
