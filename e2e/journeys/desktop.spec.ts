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

  await test.step("the menu has every command of the window, with its key; F11 is no full screen", async () => {
    const items = () => app.evaluate(({ standin }) => standin.record.menu.flatMap((menu) => menu.submenu ?? []), null);
    await expect.poll(async () => (await items()).find(({ label }) => label === "Step one phase")?.accelerator).toBe("F11");
    expect((await items()).filter(({ role }) => role === "togglefullscreen")).toEqual([]);
  });

  await test.step("a command that cannot be done now says so", async () => {
    await choose("Step one burst");
    await expect(app.page.getByText("“Step one burst” cannot be done now.").first()).toBeVisible();
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
    await choose("Command palette");
    await expect(app.page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
    await app.page.keyboard.press("Escape");
    await choose("Export…");
    await expect(app.page.getByRole("dialog", { name: "Export" })).toBeVisible();
  });

  await app.page.keyboard.press("Escape");

  await test.step("what was opened is told to the system, and growth that ended while nobody looked", async () => {
    const told = () => app.evaluate(({ standin }) => ({ recent: standin.record.recent, notices: standin.record.notifications }), null);
    expect((await told()).recent.at(-1)).toMatch(/barebones\.json$/);
    expect((await told()).notices).toEqual([]);
    const path = join(root, "resources/genomes/test.json");
    await app.evaluate(({ standin }, chosen) => {
      standin.record.focused = false;
      standin.record.answers.push({ canceled: false, filePaths: [chosen] });
    }, path);
    await choose("Open Genome…");
    await expect.poll(async () => (await told()).notices.map(({ title }) => title)).toEqual(["The brain has grown"]);
    expect((await told()).recent.at(-1)).toBe(path);
  });

  await test.step("a link of a second start navigates; a file in it is asked about, and refused it is not opened", async () => {
    const follow = (link: string) =>
      app.evaluate(({ app: electron }, text) => electron.emit("second-instance", {}, ["gyrus", text], "/"), link);
    await follow("gyrus://open?view=log");
    await expect(app.page.getByRole("region", { name: "Log", exact: true })).toBeVisible();
    const before = await app.page.locator(".session-title").getAttribute("title");
    await follow("gyrus://open?file=/etc/hosts");
    await expect
      .poll(() => app.evaluate(({ standin }) => standin.record.dialogs.filter(({ kind }) => kind === "message").length, null))
      .toBe(1);
    expect(await app.page.locator(".session-title").getAttribute("title")).toBe(before);
  });

  await test.step("permissions are denied, but for filling the screen and copying on the lab's own page", async () => {
    const may = (permission: string, url = "app://gyrus/") =>
      app.evaluate(({ standin }, [wanted, at]) => standin.record.permissions(wanted as string, at as string), [permission, url]);
    expect(await Promise.all(["geolocation", "media", "notifications", "midi", "openExternal"].map((wanted) => may(wanted)))).toEqual(
      Array(5).fill(false),
    );
    expect(await may("fullscreen")).toBe(true);
    expect(await may("fullscreen", "https://elsewhere.example/")).toBe(false);
  });

  await test.step("a written file is shown in its folder; what is no file of this computer is not", async () => {
    const folder = join(root, "resources");
    await app.page.evaluate((path) => {
      const { gyrusDesktop } = window as unknown as { gyrusDesktop: { reveal(path: unknown): void } };
      for (const wanted of ["package.json", "/no/such/file", 7, path]) gyrusDesktop.reveal(wanted);
    }, folder);
    await expect.poll(() => app.evaluate(({ standin }) => standin.record.revealed, null)).toEqual([folder]);
  });

  const unsaved = app.page.getByRole("dialog", { name: /^Save the changes to/ });

  await test.step("with an edit that is not saved, the file dialog's file and a link's wait for an answer; Cancel keeps the brain", async () => {
    await lab.selectArea("Brain_Power");
    const name = lab.inspector.getByRole("textbox", { name: "Name" });
    await name.fill("Power");
    await name.press("Enter");
    await expect(app.page.getByRole("img", { name: "Unsaved changes" })).toBeVisible();
    const path = join(root, "resources/genomes/barebones.json");
    await app.evaluate(({ standin }, chosen) => void standin.record.answers.push({ canceled: false, filePaths: [chosen] }), path);
    await choose("Open Genome…");
    await expect(unsaved).toContainText("barebones.json takes its place");
    await expect(unsaved).toContainText("1 edit since it was last saved or opened:");
    await unsaved.getByRole("button", { name: "Cancel" }).click();
    await expect(unsaved).toHaveCount(0);
    await app.evaluate(({ standin, app: electron }, wanted) => {
      standin.record.answers.push({ response: 0 });
      electron.emit("second-instance", {}, ["gyrus", `gyrus://open?file=${encodeURIComponent(wanted)}`], "/");
    }, path);
    await expect(unsaved).toContainText("barebones.json takes its place");
    await unsaved.getByRole("button", { name: "Cancel" }).click();
    await expect(app.page.getByRole("img", { name: "Unsaved changes" })).toBeVisible();
  });

  await test.step("quitting with an edit asks; Cancel stays", async () => {
    await app.evaluate(({ standin, app: electron }) => {
      standin.record.answers.push({ response: 2 });
      electron.quit();
    }, null);
    await expect
      .poll(() => app.evaluate(({ standin }) => JSON.stringify(standin.record.dialogs.at(-1)?.options), null))
      .toMatch(/1 edit:.*Save.*Discard.*Cancel/);
    await expect(lab.burst).toBeVisible();
  });

  await test.step("app:// is the one scheme of its own, standard and secure", async () => {
    const schemes = await app.evaluate(({ standin }) => standin.record.schemes, null);
    expect(schemes).toEqual([{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  });
  expect(app.errors).toEqual([]);
  await app.quit();
});
