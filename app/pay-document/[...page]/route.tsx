import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import * as cancelled from "../../pay/[company]/[firm]/checkout/[token]/cancelled/page.tsx";
import * as details from "../../pay/[company]/[firm]/checkout/[token]/page.tsx";
import * as receipt from "../../pay/[company]/[firm]/checkout/[token]/receipt/page.tsx";
import * as waiting from "../../pay/[company]/[firm]/checkout/[token]/waiting/page.tsx";
import * as code from "../../pay/[company]/[firm]/code/page.tsx";
import * as link from "../../pay/[company]/[firm]/page.tsx";
import * as stopped from "../../pay/[company]/[firm]/stopped/page.tsx";
import { type PayPagePath, payPageAt } from "../../pay/pay-pages.ts";
import { ADDRESS, RENDERER } from "../../pay/request-marks.ts";
import * as specimen from "../../pay/specimen/page.tsx";
import { titleOf } from "../../site.ts";
import { absent, answerTo } from "../answer-to.tsx";
import { draw } from "../draw.tsx";

type Props = {
  params: Promise<{ company: string; firm: string; token: string }>;
  searchParams: Promise<Record<string, string>>;
};
type PayModule = { default: (props: Props) => Promise<ReactNode>; metadata: Metadata };

const PAGES: Record<PayPagePath, PayModule> = {
  "[company]/[firm]": link,
  "[company]/[firm]/code": code,
  "[company]/[firm]/stopped": stopped,
  "[company]/[firm]/checkout/[token]": details,
  "[company]/[firm]/checkout/[token]/cancelled": cancelled,
  "[company]/[firm]/checkout/[token]/receipt": receipt,
  "[company]/[firm]/checkout/[token]/waiting": waiting,
  specimen,
};

/**
 * A payer's page, the very component that Next would serve, drawn once to a document without Next's client runtime. Requests
 * come by the rewrite in next.config.ts; whoever asks for this address itself finds nothing.
 */
export async function GET(): Promise<Response> {
  const asked = await headers();
  const address = asked.get(ADDRESS) ?? "/";
  const { pathname, searchParams } = new URL(address, "http://localhost");
  const found = asked.get(RENDERER) === "own" ? payPageAt(pathname) : null;
  if (!found) return absent();
  const { default: Page, metadata } = PAGES[found.page];
  const props = {
    params: Promise.resolve(found.params),
    searchParams: Promise.resolve(Object.fromEntries(searchParams)),
  };
  try {
    return await draw(<Page {...props} />, { title: titleOf(metadata) });
  } catch (error) {
    return answerTo(error, address);
  }
}
