// Installs the packaged extension in code-server, uses it as somebody would, and takes the pictures of the README.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { chromium } from "playwright-core";

const here = new URL(".", import.meta.url).pathname;
const images = new URL("../images/", import.meta.url).pathname;
const codeServer = process.env.CODE_SERVER ?? `${here}node_modules/code-server/out/node/entry.js`;
const port = process.env.PORT ?? "18087";
const PATIENCE = 20_000;

const directory = mkdtempSync(`${tmpdir()}/imdslint-vscode-`);
const workspace = `${directory}/demo`;
const places = [
  "--user-data-dir",
  `${directory}/user`,
  "--extensions-dir",
  `${directory}/extensions`,
];
const settings = {
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.tips.enabled": false,
  "security.workspace.trust.enabled": false,
  "editor.minimap.enabled": false,
  "editor.fontSize": 14,
  "chat.commandCenter.enabled": false,
  "window.commandCenter": false,
  "telemetry.telemetryLevel": "off",
};

cpSync(new URL("../../../fixtures/demo", import.meta.url).pathname, workspace, { recursive: true });
mkdirSync(`${directory}/user/User`, { recursive: true });
writeFileSync(`${directory}/user/User/settings.json`, JSON.stringify(settings));
const vsix = new URL("../dist/imdslint.vsix", import.meta.url).pathname;
execFileSync(process.execPath, [codeServer, ...places, "--install-extension", vsix], {
  stdio: "inherit",
});

const quiet = [
  "--auth",
  "none",
  "--disable-telemetry",
  "--disable-update-check",
  "--disable-workspace-trust",
];
const address = `127.0.0.1:${port}`;
const server = spawn(process.execPath, [
  codeServer,
  "--bind-addr",
  address,
  ...quiet,
  ...places,
  workspace,
]);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let page;
try {
  await new Promise((resolve, reject) => {
    server.once("exit", () => reject(new Error("code-server ended")));
    server.stdout.on("data", (text) => String(text).includes("listening") && resolve());
  });
  page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`http://${address}/?folder=${workspace}`);
  await useIt(page);
  console.log("The extension works in code-server.");
} catch (error) {
  await page?.screenshot({ path: `${tmpdir()}/imdslint-vscode-failed.png` });
  throw error;
} finally {
  await browser.close();
  server.kill();
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}

async function useIt(page) {
  await page
    .getByRole("treeitem", { name: /web-fleet\.yaml/ })
    .first()
    .dblclick();
  await page.locator(".squiggly-error").first().waitFor();
  await page.keyboard.press("Control+Shift+M");
  // The list draws only the rows in sight.
  await page.locator(".viewpane-filter input").fill("**/web-fleet.yaml");
  const rows = page.locator(".markers-panel .monaco-list-row");
  const builder = rows.filter({ hasText: "Builder answers IMDSv1" });
  const webTemplate = rows.filter({ hasText: "launched from WebTemplate answers IMDSv1" });
  await hideNotifications(page);
  await webTemplate.dblclick();
  const squiggle = page.locator(".squiggly-error").first();
  await squiggle.waitFor();
  // Away from the row, over which a hover would open.
  await page.mouse.move(10, 500);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: `${images}problems.png` });

  const { x, y, width, height } = await squiggle.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.locator(".monaco-hover-content").filter({ hasText: "IMDSv1" }).first().waitFor();
  // It fades in.
  await page.waitForTimeout(2000);
  await page.screenshot({ path: `${images}hover.png`, clip: await editorArea(page) });
  await page.mouse.move(10, 500);

  await page.locator(".viewpane-filter input").fill("Builder");
  await builder.dblclick();
  await page
    .locator(".view-line span", { hasText: /^Builder$/ })
    .first()
    .click();
  await page.waitForTimeout(1000);
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget").waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${images}fix.png`, clip: await editorArea(page) });
  await page.keyboard.press("Enter");
  await builder.waitFor({ state: "detached" });
  await page.keyboard.press("Control+S");
  await page.waitForTimeout(1000);
  const saved = readFileSync(`${workspace}/web-fleet.yaml`, "utf8");
  assert.match(
    saved,
    /InstanceType: c6i\.large\n {6}MetadataOptions:\n(?: {8}.*\n)* {8}HttpTokens: required/,
  );

  await runCommand(page, "imdslint: Show Effective Metadata Options");
  await page.locator(".tab", { hasText: "effective metadata options" }).waitFor();
  await page.locator(".view-line", { hasText: "Builder" }).last().waitFor();

  await page.locator(".viewpane-filter input").fill("**/web-fleet.yaml");
  await runCommand(page, "imdslint: Restart Server");
  await webTemplate.waitFor();
}

async function runCommand(page, title) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").first().fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

async function editorArea(page) {
  return await page.locator(".part.editor").boundingBox();
}

async function hideNotifications(page) {
  await page.addStyleTag({ content: ".notifications-toasts { display: none !important; }" });
}
