/* A real browser that fails the test on script errors, console errors, broken answers and any request to another host. */
import assert from "node:assert/strict";
import { accessSync, constants, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { ROOT } from "./stack.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"];
const INSTALL = "apt-get install -y chromium fonts-noto-cjk";
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SHOTS = join(ROOT, "artifacts", "shots");

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1366, height: 768 } };
export const SCREENS = { phone: PHONE, desktop: DESKTOP };

function findChromium() {
  const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : (process.env.PATH || "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return places.find((place) => {
    try { accessSync(place, constants.X_OK); return true; } catch { return false; }
  });
}

export async function launch() {
  const executablePath = findChromium();
  if (!executablePath) {
    console.error(`Chromium is missing. Install it with: ${INSTALL}`);
    process.exit(1);
  }
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A page of its own with a watch on everything that must not happen; `refusals` are answers the test asks for. */
export async function visit(rig, screen, { refusals = [], session, script } = {}) {
  const context = await rig.browser.newContext({ ...screen, baseURL: rig.base, locale: "zh-CN", timezoneId: "Asia/Shanghai", reducedMotion: "reduce" });
  await context.addInitScript({ path: AXE });
  if (script) await context.addInitScript(script);
  if (session) await context.addInitScript(([role, value]) => { if (!sessionStorage.getItem(`session.${role}`)) sessionStorage.setItem(`session.${role}`, value); }, session);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const refused = /status of (\d+)/.exec(message.text());
    if (!refused || !refusals.includes(Number(refused[1]))) faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!/^(data:|blob:)/.test(request.url()) && new URL(request.url()).origin !== rig.base) faults.push(`request to another host: ${request.url()}`);
  });
  page.on("response", (response) => { if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`); });
  page.faults = faults;
  page.close = ((close) => async () => { await close(); await context.close(); assert.deepEqual(faults, []); })(page.close.bind(page));
  return page;
}

/** No serious or critical finding of axe, nothing wider than the screen. */
export async function assertSound(page, what) {
  const found = await page.evaluate(async (rules) => {
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(" | ")}`);
  }, RULES);
  assert.deepEqual(found, [], `axe on ${what}`);
  await assertFits(page, what);
}

export async function assertFits(page, what) {
  const { inner, outer, over } = await page.evaluate(() => ({
    inner: document.documentElement.scrollWidth,
    outer: window.innerWidth,
    over: Array.from(document.querySelectorAll("body *")).filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className}`).join(", "),
  }));
  assert.ok(inner <= outer, `${what} is ${inner} px wide on a screen of ${outer} px: ${over}`);
}

export async function shoot(page, name, options = {}) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true, ...options });
}
