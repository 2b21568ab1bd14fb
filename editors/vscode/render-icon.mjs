// Renders images/icon.svg to images/icon.png with the Chromium that is installed (CHROMIUM names another).
import { execFileSync } from "node:child_process";

const images = new URL("images/", import.meta.url).pathname;
execFileSync(process.env.CHROMIUM ?? "/usr/bin/chromium", [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--hide-scrollbars",
  "--default-background-color=00000000",
  "--window-size=256,256",
  `--screenshot=${images}icon.png`,
  `file://${images}icon.svg`,
]);
