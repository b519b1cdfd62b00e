import { site, siteViewport } from "../site.ts";

/** The head that Next would make of site.ts. */
export function Head({ title, stylesheet }: { title: string; stylesheet: string }) {
  const { robots, referrer, formatDetection } = site;
  const { width, initialScale, themeColor } = siteViewport;
  const detected = Object.entries(formatDetection).map(([what, may]) => `${what}=${may ? "yes" : "no"}`);
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content={`width=${width}, initial-scale=${initialScale}`} />
      <title>{title}</title>
      <meta name="robots" content={`${robots.index ? "" : "no"}index, ${robots.follow ? "" : "no"}follow`} />
      <meta name="referrer" content={referrer} />
      <meta name="format-detection" content={detected.join(", ")} />
      {themeColor.map(({ media, color }) => (
        <meta key={media} name="theme-color" content={color} media={media} />
      ))}
      <link rel="stylesheet" href={stylesheet} />
      <link rel="icon" href="/icon.svg" type="image/svg+xml" sizes="any" />
    </head>
  );
}
