// Opens a page in Chromium at desktop and phone width, runs axe, and uses it by keyboard and mouse; prints JSON.
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [file, shots] = process.argv.slice(2);
const url = pathToFileURL(path.resolve(file)).href;
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const check = async (page) => {
  const found = await page.evaluate((tags) => window.axe.run({ runOnly: { type: "tag", values: tags } }), TAGS);
  return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
};

const open = async (browser, width, height, script = true) => {
  // A context that bypasses the page's policy would not show whether the page works under it; axe is injected
  // by the debugger instead, which the policy does not bind.
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: script });
  const page = await context.newPage();
  const errors = [], requests = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  page.on("request", (request) => { if (request.url() !== url) requests.push(request.url()); });
  await page.goto(url);
  if (script) await page.evaluate(axe);
  return { page, errors, requests };
};

const shot = async (page, name, fullPage = false) => {
  if (shots) await page.screenshot({ path: path.join(shots, name + ".png"), fullPage });
};

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: true, args });
  const out = {};
  try {
    const desktop = await open(browser, 1280, 900);
    let page = desktop.page;
    out.axeDesktop = await check(page);
    await shot(page, "desktop");
    out.allClosed = await page.$$eval("details.item", (nodes) => nodes.every((node) => !node.open));
    // An element chosen by keyboard marks its evidence and brings it into view.
    const id = await page.$eval("details.item[data-status=covered]", (node) => node.id);
    await page.focus(`#${id} summary`);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(700);
    out.chosen = await page.$eval(`#${id}`, (node) => node.open && node.classList.contains("chosen"));
    out.marked = await page.$$eval("mark.on", (nodes) => nodes.map((node) => node.dataset.refs.split(" ")));
    out.markedFits = out.marked.length > 0 && out.marked.every((refs) => refs.includes(id));
    out.markInView = await page.$eval("mark.on", (node) => { const b = node.getBoundingClientRect(); return b.top >= 0 && b.bottom <= window.innerHeight; });
    out.said = await page.textContent("#said");
    await shot(page, "desktop-chosen");
    out.axeChosen = await check(page);
    await page.keyboard.press("ArrowDown");
    out.arrow = await page.evaluate((from) => document.activeElement.tagName === "SUMMARY" && document.activeElement.parentElement.id !== from, id);
    await page.keyboard.press("Escape");
    out.cleared = (await page.$$(".on")).length === 0;
    // A passage chosen by mouse and by keyboard leads to what it supports.
    const refs = await page.$eval("mark[data-refs]", (node) => { node.scrollIntoView({ block: "center" }); return node.dataset.refs.split(" "); });
    await page.waitForTimeout(500);
    await page.click("mark[data-refs]");
    out.passageByMouse = await page.evaluate((keys) => keys.includes(document.activeElement.parentElement.id), refs);
    await page.focus("a.ref");
    const target = await page.$eval("a.ref", (node) => node.getAttribute("href").slice(1));
    await page.keyboard.press("Enter");
    out.passageByKeyboard = await page.evaluate((key) => document.activeElement.parentElement.id === key, target);
    out.filters = {};
    for (const kind of ["gap", "headline", "finding", "all"]) {
      await page.check(`input[value=${kind}]`);
      out.filters[kind] = await page.$$eval(".row", (rows) => rows.filter((row) => row.offsetParent !== null).length);
      if (kind === "gap") await shot(page, "desktop-gaps");
    }
    await page.emulateMedia({ media: "print" });
    out.printHidden = await page.$eval("#filter", (node) => getComputedStyle(node).display === "none");
    await page.emulateMedia({ media: null });
    out.errors = desktop.errors; out.requests = desktop.requests;
    if (shots) await page.pdf({ path: path.join(shots, "print.pdf"), format: "A4" });

    const phone = await open(browser, 360, 740);
    page = phone.page;
    out.axePhone = await check(page);
    out.overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await shot(page, "phone");
    await page.click(`#${id} summary`);
    await page.waitForTimeout(300);
    await shot(page, "phone-chosen");
    await page.click(`#${id} .quotes a`);
    await page.waitForTimeout(700);
    out.phoneInView = await page.$eval("mark.on", (node) => { const b = node.getBoundingClientRect(); return b.top >= 0 && b.bottom <= window.innerHeight; });
    await shot(page, "phone-text");
    out.errors.push(...phone.errors);

    const plain = await open(browser, 1024, 800, false);
    out.plainOpen = (await plain.page.$$("details.item[open]")).length === (await plain.page.$$("details.item")).length;
    out.plainFilterHidden = !(await plain.page.isVisible("#filter"));
    await shot(plain.page, "plain");
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(out));
})().catch((error) => { console.error(error); process.exit(1); });
