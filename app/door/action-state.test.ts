import { expect, test } from "vitest";
import { fieldsOf, typedIn } from "./action-state.ts";

test("a form's fields come without Next's own", () => {
  const form = new FormData();
  form.append("$ACTION_KEY", "k1");
  form.append("$ACTION_REF_1", "");
  form.append("name", "Demo");
  form.append("tick", "a");
  form.append("tick", "b");
  expect(fieldsOf(form)).toEqual({ name: "Demo", tick: ["a", "b"] });
});

test("T4: nothing secret that was typed comes back", () => {
  const form = new FormData();
  const secrets = [
    "password",
    "clientSecret",
    "webhookKey",
    "secretKey",
    "accessToken",
    "emailCode",
    "passphrase",
  ];
  for (const name of secrets) form.append(name, "hush");
  form.append("clientId", "0123");
  form.append("feeAccountCode", "404");
  form.append("itemCode", "COFFEE");
  form.append("logo", new File(["x"], "logo.png"));
  expect(typedIn(form)).toEqual({ clientId: "0123", feeAccountCode: "404", itemCode: "COFFEE" });
});
