"use client";

import { useEffect } from "react";

/** Leads /qsopus/#/company/… to /qsopus/company/…: only ever a path of this same site. */
export function OldHashLink() {
  useEffect(() => {
    const path = window.location.hash.replace(/^#\/?/, "");
    if (path.startsWith("company/")) window.location.replace(`/qsopus/open?link=${encodeURIComponent(path)}`);
  }, []);
  return null;
}
