/** Files of the lab besides genomes: a workspace takes up where one was left, a kept recording is gone through in another lab. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures.ts";
import type { StandinApp } from "../launchers/standin.ts";
import { barriers } from "../pages/barriers.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

test("a workspace and a recording are saved, and opened again", async ({ start, launcher, stateDir }) => {
  test.skip(launcher === "electron", "the old Electron's window cannot be driven by clicks");
  const app = await start(join(root, "resources/genomes/essential.json"));
  const lab = new LabPage(app.page);
  await lab.grown();
  const workspace = join(stateDir, "mine.gyrus");
  const notice = (text: RegExp) => expect(app.page.getByText(text).first()).toBeVisible();
  const openPath = async (path: string) => {
    await app.page.keyboard.press("ControlOrMeta+o");
    const dialog = app.page.getByRole("dialog", { name: "Open a genome" });
    await dialog.getByRole("textbox").fill(path);
    await dialog.getByRole("button", { name: "Open path" }).click();
    await expect(dialog).toHaveCount(0);
  };

  await test.step("the workspace goes to a file of one's own", async () => {
    await lab.perform("Layout Build");
    await expect(app.page.locator("[data-panel=circuit]")).toBeVisible();
    await lab.selectArea("Brain_Power");
    await lab.perform("Save workspace as");
    const dialog = app.page.getByRole("dialog", { name: "Save workspace" });
    const path = dialog.getByRole("textbox", { name: "Path of the workspace file" });
    if (launcher === "standin") {
      // The system's own dialog fills it in.
      await (app as StandinApp).evaluate(
        ({ standin }, filePath) => void standin.record.answers.push({ canceled: false, filePath }),
        workspace,
      );
      await dialog.getByRole("button", { name: "Choose…" }).click();
      await expect(path).toHaveValue(workspace);
    } else {
      expect(await barriers(app.page)).toEqual([]);
      await path.fill(workspace);
    }
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await notice(/The workspace is saved to/);
    const saved = JSON.parse(readFileSync(workspace, "utf8"));
    expect(saved).toMatchObject({ format: "gyrus-workspace", genome: { path: join(root, "resources/genomes/essential.json") } });
    expect(saved.selection.area).not.toBeNull();
  });

  await test.step("opened after all was changed, it is as it was; by double-click on the desktop", async () => {
    await lab.perform("Layout Explore");
    await expect(app.page.locator("[data-panel=circuit]")).toHaveCount(0);
    await lab.selectArea("Death");
    if (launcher === "standin")
      await (app as StandinApp).evaluate(
        ({ app: electron }, path) => electron.emit("second-instance", {}, ["gyrus", ".", path], "/"),
        workspace,
      );
    else await openPath(workspace);
    await expect(app.page.locator("[data-panel=circuit]")).toBeVisible();
    await expect(lab.inspector.getByRole("heading", { name: "Brain_Power" })).toBeVisible();
  });

  const recording = await test.step("bursts are kept, to a file that names them", async () => {
    await lab.runFor(40);
    const last = await lab.burstNumber();
    await lab.show("Timeline");
    await app.page.getByRole("button", { name: "Keep as a recording file" }).click();
    await notice(/^Bursts 1 to \d+ are kept in .*\.gyrusrec/);
    const text = await app.page
      .getByText(/are kept in/)
      .first()
      .innerText();
    const path = /in (.*\.gyrusrec)/.exec(text)?.[1] ?? "";
    expect(existsSync(path)).toBe(true);
    return { path, last };
  });

  await test.step("a damaged copy is refused with what to do, and the brain stays", async () => {
    const bytes = readFileSync(recording.path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 255;
    const spoilt = join(stateDir, "spoilt.gyrusrec");
    writeFileSync(spoilt, bytes);
    await openPath(spoilt);
    await notice(/The recording file was refused: its checksum does not match/);
    expect(await lab.burstNumber()).toBe(recording.last);
  });

  await test.step("the recording stands on the bench, is gone through, and refuses to run", async () => {
    await openPath(recording.path);
    const banner = app.page.getByRole("status").filter({ hasText: `Recording of bursts 1 to ${recording.last}` });
    await expect(banner).toBeVisible();
    if (launcher === "browser") expect(await barriers(app.page)).toEqual([]);
    await expect(lab.burst).toHaveText(String(recording.last));
    await app.page.keyboard.press("Shift+F10");
    await expect(lab.burst).toHaveText(String(recording.last - 1));
    await lab.stepButton.click();
    await notice(/it is looked at, not changed/);
    expect(await lab.burstNumber()).toBe(recording.last - 1);
  });

  await test.step("a fork of it runs on", async () => {
    await app.page.getByRole("button", { name: "Fork here", exact: true }).first().click();
    await expect(app.page.getByText(/Recording of bursts 1 to/)).toHaveCount(0);
    await lab.step();
  });

  await test.step("another brain waits until the edit is saved or discarded; Cancel keeps what is there", async () => {
    const name = lab.inspector.getByRole("textbox", { name: "Name" });
    const rename = async (area: string, to: string) => {
      await lab.selectArea(area);
      await name.fill(to);
      await name.press("Enter");
      await expect(app.page.getByRole("img", { name: "Unsaved changes" })).toBeVisible();
    };
    const unsaved = app.page.getByRole("dialog", { name: /^Save the changes to/ });
    await rename("Brain_Power", "Power");
    await openPath(join(root, "resources/genomes/barebones.json"));
    await expect(unsaved).toContainText("barebones.json takes its place");
    await expect(unsaved).toContainText(/edits? since it was last saved or opened:.*Power/);
    if (launcher === "browser") expect(await barriers(app.page)).toEqual([]);
    await unsaved.getByRole("button", { name: "Cancel" }).click();
    await expect(unsaved).toHaveCount(0);
    await lab.selectArea("Power");

    await openPath(join(root, "resources/genomes/barebones.json"));
    const saved = join(stateDir, "mine.json");
    await unsaved.getByRole("textbox", { name: "Save as" }).fill(saved);
    await unsaved.getByRole("button", { name: "Save", exact: true }).click();
    await expect(unsaved).toHaveCount(0);
    expect(readFileSync(saved, "utf8")).toContain('"Power"');
    await expect(app.page.locator(".session-title")).toContainText("Barebones");

    await rename("Death", "Dying");
    const drop = (text: string) =>
      app.page.evaluate((content) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], "mine.json"));
        window.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }, text);
    // A file made by a script has no path, which is what the desktop opens by.
    await (launcher === "browser" ? drop(readFileSync(saved, "utf8")) : openPath(saved));
    await expect(unsaved).toContainText("mine.json takes its place");
    await unsaved.getByRole("button", { name: "Discard" }).click();
    await expect(app.page.locator(".session-title")).not.toContainText("Barebones");
    await lab.selectArea("Power");
  });

  await test.step("the desktop stays awake while the brain runs, unless it is told not to", async () => {
    if (launcher !== "standin") return;
    const { evaluate } = app as StandinApp;
    const awake = () => evaluate(({ standin }) => standin.record.awake.length, null);
    expect(await awake()).toBe(0);
    await lab.run();
    await expect.poll(awake).toBe(1);
    await lab.perform("Settings");
    await app.page.getByText("Stay awake while the brain runs").click();
    await expect.poll(awake).toBe(0);
    await app.page.getByText("Stay awake while the brain runs").click();
    await expect.poll(awake).toBe(1);
    await lab.closeDialog();
    await lab.pause();
    await expect.poll(awake).toBe(0);
  });
  expect(app.errors).toEqual([]);
  await app.quit();
});
