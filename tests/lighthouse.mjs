// Audits pages with Lighthouse as it comes (mobile), one after the other in one browser.
// Reads {"chrome": path, "flags": […], "urls": […], "categories": […]} from standard input; writes one line of JSON a page:
// {"url", "scores": {category: 0…100}, "metrics": {name: milliseconds}, "failed": ["category: audit: what"]}
import { text } from "node:stream/consumers";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const METRICS = [
  "first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift",
  "speed-index",
];

const { chrome: chromePath, flags, urls, categories: onlyCategories } = JSON.parse(await text(process.stdin));
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", ...flags] });
try {
  for (const url of urls) {
    const options = { port: chrome.port, output: "json", logLevel: "silent", onlyCategories };
    // A picture of the whole page serves the report alone, which nobody looks at here.
    const { lhr } = await lighthouse(url, { ...options, disableFullPageScreenshot: true });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const categories = Object.values(lhr.categories);
    const failed = categories.flatMap((category) => category.auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => `${category.id}: ${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`));
    const scores = Object.fromEntries(categories.map(({ id, score }) => [id, Math.round(score * 100)]));
    const metrics = Object.fromEntries(METRICS.map((id) => [id, lhr.audits[id]?.numericValue ?? 0]));
    console.log(JSON.stringify({ url, scores, metrics, failed }));
  }
} finally {
  await chrome.kill();
}
