type Rgb = [number, number, number];

/** The two papers that globals.css prints on; an accent must be readable on each. */
export const PAPER = { light: "#fcfbf7", dark: "#1a1815" };

/** Above the 4.5:1 of WCAG AA, so that the accent stays readable on a tinted ground too. */
const READABLE = 5.2;

export type AccentPair = {
  /** For light paper. */
  light: string;
  /** For dark paper. */
  dark: string;
};

/**
 * The firm's colour made readable on light and on dark paper: unchanged where it is, else moved towards black or white in
 * small steps that keep its hue. Letters on a button of this colour are the paper's own colour, so one contrast serves
 * text, links and buttons. Throws for anything that is not `#rrggbb`.
 */
export function accentPair(hex: string): AccentPair {
  const rgb = parseHex(hex);
  return { light: readableOn(PAPER.light, rgb, 0), dark: readableOn(PAPER.dark, rgb, 255) };
}

/** The style that sets it for the page around, as text: a policy that allows it by its hash needs the very same. */
export function accentStyle(hex: string): string {
  const { light, dark } = accentPair(hex);
  return `:root{--accent:${light}}@media screen and (prefers-color-scheme:dark){:root{--accent:${dark}}}`;
}

/** WCAG contrast of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(parseHex(one)), luminance(parseHex(other))].sort(
    (a, b) => b - a,
  );
  return (lighter + 0.05) / (darker + 0.05);
}

function readableOn(paper: string, rgb: Rgb, towards: 0 | 255): string {
  for (let share = 0; share <= 1; share += 0.02) {
    const mixed = toHex(rgb.map((value) => value + (towards - value) * share));
    if (contrast(mixed, paper) >= READABLE) return mixed;
  }
  return towards === 0 ? "#000000" : "#ffffff";
}

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parseHex(hex: string): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new RangeError(`Not a colour: ${hex}`);
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function toHex(rgb: number[]): string {
  return `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}
