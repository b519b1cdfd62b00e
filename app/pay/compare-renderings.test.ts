import { expect, test } from "vitest";
import { differenceOf } from "./compare-renderings.ts";

const own =
  '<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>Pay</title></head>' +
  '<body><style>:root{}</style><p class="a">One &amp; two</p><script>pay()</script></body></html>';
const nexts =
  '<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><link rel="preload" href="/x.js"/>' +
  '<script src="/x.js" async="" nonce="n"></script><title>Pay</title><meta name="next-size-adjust" content=""/></head>' +
  '<body><div hidden=""><!--$--><!--/$--></div><style nonce="n">:root{}</style><p class="a">One<!-- --> &amp; two</p>' +
  '<script nonce="n">pay()</script><script nonce="n">self.__next_f.push([1,"x"])</script></body></html>';

test("what Next needs for itself makes no difference", () => {
  expect(differenceOf(own, nexts)).toBeNull();
});

test.each([
  ["a word", own.replace("two", "three")],
  ["an attribute", own.replace('class="a"', 'class="b"')],
  ["how a sign is written", own.replace("&amp;", "&")],
  ["a script of ours", own.replace("pay()", "pay(1)")],
  ["a style", own.replace(":root{}", "")],
  ["the title", own.replace("<title>Pay", "<title>Paid")],
  ["something in the head", own.replace("<title>", '<meta name="referrer" content="x"/><title>')],
  ["something more at the end", own.replace("</body>", "<p>More</p></body>")],
  ["nothing at all", ""],
])("%s does", (_, changed) => {
  expect(differenceOf(changed, nexts)).not.toBeNull();
});
