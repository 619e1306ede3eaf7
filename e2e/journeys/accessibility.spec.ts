/** An automated accessibility scan (WCAG 2.2 A and AA) of every view, in both themes. */
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import { barriers } from "../pages/barriers.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

for (const theme of ["dark", "light"] as const) {
  test(`the ${theme} theme has no detectable barrier`, async ({ start, launcher }) => {
    test.skip(launcher !== "browser", "the same window everywhere: scanned once, in the browser");
    test.setTimeout(600_000); // some fifty scans of a whole window
    const app = await start(join(root, "resources/genomes/essential.json"));
    const lab = new LabPage(app.page);
    await lab.grown();
    await lab.useTheme(theme);
    const scan = async (view: string, except: string[] = []) => {
      const found = (await barriers(app.page, { except })).map((barrier) => `${view}: ${barrier}`);
      expect.soft(found).toEqual([]);
    };
    await lab.selectArea("vision_LL");
    await lab.step();
    for (const view of await lab.views()) {
      // Alone in its dock beside those of the preset: a strip of twenty tabs is nobody's layout.
      await lab.perform("Reset layout");
      await lab.showView(view);
      await scan(view);
    }
    for (const name of ["Command palette", "Open", "Export", "Settings"]) {
      if (name === "Command palette") await app.page.keyboard.press("ControlOrMeta+k");
      else await app.page.getByRole("button", { name, exact: true }).click();
      await expect(app.page.getByRole("dialog").first()).toBeVisible();
      // The palette's list is gone through by arrow keys from its field, which no rule knows.
      await scan(name, name === "Command palette" ? ["scrollable-region-focusable"] : []);
      if (name === "Command palette") await app.page.keyboard.press("Escape");
      else await lab.closeDialog();
    }
    await app.quit();
  });
}
