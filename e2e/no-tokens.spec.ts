import { arrive } from "./support/arrive.ts";
import { expect, test } from "./support/fixtures.ts";
import { DEMO_APP, DEMO_PEOPLE, signIn } from "./support/staff.ts";

const PAGES = {
  "/firms": "Firms",
  "/firms/quickfee/demo": "Demo Accountants",
  "/firms/quickfee/demo/connections": "Connections",
  "/firms/quickfee/demo/payments": "Payments",
  "/firms/quickfee/demo/to-do": "To-do",
  "/firms/quickfee/demo/settings": "Settings",
  "/firms/quickfee/demo/settings/firm": "Firm",
  "/firms/quickfee/demo/settings/xero": "Xero app",
  "/firms/quickfee/demo/settings/processor": "Payment processor",
  "/firms/quickfee/demo/settings/payment-link": "Payment link",
  "/firms/quickfee/demo/settings/people": "People",
};

test("R3: no page asks a person for a token, or shows one, or any other secret", async ({
  page,
  open,
  context,
}) => {
  const bodies: Promise<string>[] = [];
  context.on("response", (response) => {
    const { origin, pathname } = new URL(response.url());
    if (origin === open.webUrl && !pathname.startsWith("/_next/"))
      bodies.push(response.text().catch(() => ""));
  });
  await signIn(page, DEMO_PEOPLE.broker);
  for (const [path, heading] of Object.entries(PAGES)) {
    await page.goto(path);
    await arrive(page, heading);
    const asked = await page.locator("input, textarea, select").evaluateAll((controls) =>
      controls.map((control) => {
        const { name, labels } = control as HTMLInputElement;
        return `${name} ${[...(labels ?? [])].map((label) => label.textContent).join(" ")}`;
      }),
    );
    expect(
      asked.filter((control) => /token|verifier|\bjwt\b/i.test(control)),
      path,
    ).toEqual([]);
    const filled = await page
      .locator("input[type=password]")
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    expect(filled.filter(Boolean), path).toEqual([]);
  }
  const all = (await Promise.all(bodies)).join("\n");
  expect(all).toContain("Payment processor");
  const jwt = /eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\./;
  expect(all).not.toMatch(jwt);
  expect(all).not.toMatch(/whsec_[A-Za-z0-9]{8,}/);
  for (const secret of [
    DEMO_APP.clientSecret,
    DEMO_APP.webhookKey ?? "",
    "sk_test_demo_accountants",
    "sk_test_harbour_books",
  ]) {
    expect(all).not.toContain(secret);
  }
  const cookies = await context.cookies();
  expect(cookies.filter(({ httpOnly }) => !httpOnly)).toEqual([]);
});
