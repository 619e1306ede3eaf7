import { chromium } from "playwright-core";
const [,, url, out, w, h, theme, ...views] = process.argv;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--use-angle=swiftshader","--enable-unsafe-swiftshader"] });
const p = await b.newPage({ viewport: { width: +w, height: +h }, colorScheme: theme as "dark" });
await p.goto(url); await p.waitForTimeout(4000);
await p.screenshot({ path: `${out}-start.png` });
for (const v of views) {
  if (v.startsWith("!")) { await p.getByRole("button", { name: v.slice(1), exact: true }).first().click(); await p.waitForTimeout(1500); await p.screenshot({ path: `${out}-${v.slice(1)}.png` }); continue; }
  await p.keyboard.press("Control+k"); await p.waitForTimeout(300); await p.keyboard.type(v); await p.waitForTimeout(500); await p.keyboard.press("Enter"); await p.waitForTimeout(2500);
  await p.screenshot({ path: `${out}-${v.replaceAll(/\W/g,"_")}.png` });
}
await b.close();
