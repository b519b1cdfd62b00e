import "@fontsource-variable/source-sans-3/index.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Html } from "./html.tsx";
import { site, siteViewport, TITLE } from "./site.ts";

export const metadata: Metadata = { ...site, title: TITLE };

export const viewport: Viewport = siteViewport;

export default function RootLayout({ children }: { children: ReactNode }) {
  return <Html>{children}</Html>;
}
