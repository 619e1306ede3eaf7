/** What only the desktop has: the native menu, the file dialog, the app's own protocol. Looked into through the stand-in. */
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import type { StandinApp } from "../launchers/standin.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

test("the native menu opens a genome through the file dialog and runs commands", async ({ start, launcher }) => {
  test.skip(launcher !== "standin", "native menus and dialogs can be scripted on the stand-in only");
  const app = (await start()) as StandinApp;
  const lab = new LabPage(app.page);
  await lab.connected();
  const choose = (label: string) =>
    app.evaluate(({ standin }, wanted) => {
      const item = standin.record.menu.flatMap((menu) => menu.submenu ?? []).find((candidate) => candidate.label === wanted);
      if (!item?.click) throw new Error(`no menu item ${wanted}`);
      item.click();
    }, label);

  await test.step("a command that cannot run now says so in a message box", async () => {
    await choose("Step one burst");
    await expect.poll(() => app.evaluate(({ standin }) => standin.record.dialogs.map((dialog) => dialog.kind), null)).toEqual(["message"]);
  });

  await test.step("File, Open Genome… asks for a file and grows it", async () => {
    const path = join(root, "resources/genomes/barebones.json");
    await app.evaluate(({ standin }, chosen) => void standin.record.answers.push({ canceled: false, filePaths: [chosen] }), path);
    await choose("Open Genome…");
    await lab.grown();
    await choose("Step one burst");
    await expect(lab.burst).toHaveText("1");
  });

  await test.step("the window answers the menu's words", async () => {
    await choose("Command Palette…");
    await expect(app.page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
    await app.page.keyboard.press("Escape");
    await choose("Export…");
    await expect(app.page.getByRole("dialog", { name: "Export" })).toBeVisible();
  });

  await test.step("app:// is the one scheme of its own, standard and secure", async () => {
    const schemes = await app.evaluate(({ standin }) => standin.record.schemes, null);
    expect(schemes).toEqual([{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });
  expect(app.errors).toEqual([]);
  await app.quit();
});
