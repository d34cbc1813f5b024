// node browser.mjs FOLDER: every page in Chromium, light and dark, on a phone and on two screens.
// Fails on an accessibility violation, a request, a message on the console, hostile text that runs, a page wider than its screen, or a slow first view.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';

const widths = [390, 1280, 1920];
const maxFirstView = 1000;
const maxScreens = 10;
const folder = path.resolve(process.argv[2]);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});
const problems = [];

for (const name of readdirSync(folder).filter(file => file.endsWith('.html')).sort()) {
  for (const colorScheme of ['light', 'dark']) {
    await look(name, colorScheme);
  }
  await withoutScript(name);
}
await browser.close();
console.log(problems.length ? problems.join('\n') : 'browser: nothing to report');
process.exit(problems.length ? 1 : 0);

async function look(name, colorScheme) {
  const context = await browser.newContext({ colorScheme, offline: true });
  const page = await context.newPage();
  const report = text => problems.push(`${name} (${colorScheme}): ${text}`);
  page.on('request', request => request.url().startsWith('file:') || report(`asked for ${request.url()}`));
  page.on('console', message => report(`console: ${message.text()}`));
  page.on('pageerror', error => report(`script: ${error}`));
  page.on('dialog', dialog => { report('a dialog opened'); dialog.dismiss(); });
  await page.goto(`file://${folder}/${name}`);
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 1000 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) report(`${over}px wider than a screen of ${width}px`);
    const screens = await page.evaluate(() => document.documentElement.scrollHeight / window.innerHeight);
    if (width < 1900 && name.startsWith('thousand') && screens > maxScreens) report(`${screens.toFixed(1)} screens long at ${width}px`);
    await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}-${width}.png`) });
  }
  await use(page, report);
  await hear(page, report);
  if (colorScheme === 'light') {
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    console.log(`${name}: first view after ${Math.round(paint)} ms`);
    if (!(paint < maxFirstView)) report(`first view after ${paint} ms`);
    await page.pdf({ path: path.join(folder, `${name}.pdf`) });
  }
  await context.close();
}

// Opens what is closed, sorts, searches; then nothing hostile may have run.
async function use(page, report) {
  for (const summary of await page.locator('summary').all()) await summary.click();
  for (const sort of (await page.locator('.sort').all()).slice(0, 3)) await sort.click();
  if (await page.locator('#search').count()) {
    const before = await page.locator('table.origins tbody tr:visible').count();
    await page.fill('#search', 'no origin is called this');
    if (await page.locator('table.origins tbody tr:visible').count()) report('search hides nothing');
    if (await page.locator('article.cause:visible').count()) report('search hides no card');
    await page.fill('#search', '');
    if (await page.locator('table.origins tbody tr:visible').count() !== before) report('an empty search does not show everything');
  }
  if (await page.evaluate(() => 'owned' in window)) report('hostile text ran');
  const foreign = await page.evaluate(() => document.querySelectorAll('img, iframe, svg[onload], body script ~ script').length);
  if (foreign) report(`${foreign} elements that the page did not write`);
}

async function hear(page, report) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const violation of violations) report(`axe: ${violation.id} (${violation.impact}) at ${violation.nodes[0].target} ${violation.nodes[0].failureSummary}`);
}

// The table must be there to read when scripts are off, where there is an origin.
async function withoutScript(name) {
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
  const page = await context.newPage();
  await page.goto(`file://${folder}/${name}`);
  if (name !== 'empty.html' && !await page.locator('table.origins tbody tr').first().isVisible()) problems.push(`${name}: no table without a script`);
  if (await page.locator('.controls').count() && await page.locator('.controls').isVisible()) problems.push(`${name}: controls without a script`);
  await context.close();
}
