/** The export dialog as a person works in it: what, in which form, then the files and reading them again. */
import { expect, type Locator, type Page } from "@playwright/test";

type What = "Connectome" | "Activity" | "Probes" | "Genome" | "Whole brain" | "Areas in 3D" | "Figure or film";

export class ExportPage {
  readonly page: Page;
  readonly dialog: Locator;
  readonly files: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole("dialog", { name: "Export", exact: true });
    this.files = this.dialog.getByRole("list", { name: "Exported files" }).getByRole("listitem");
  }

  async open() {
    await this.page.keyboard.press("ControlOrMeta+e");
    await expect(this.dialog).toBeVisible();
  }

  /** What, and the card of a form by its name. */
  async choose(what: What, form: string) {
    await this.dialog.getByText(what, { exact: true }).click();
    await this.dialog.getByText(form, { exact: true }).click();
    await expect(this.dialog.getByRole("radio", { name: form, exact: true })).toBeChecked();
  }

  async fill(label: string, value: string) {
    const field = this.dialog.getByRole("textbox", { name: label });
    await field.fill(value);
    await field.press("Enter");
  }

  async select(label: string, choice: string) {
    await this.dialog.getByRole("button", { name: new RegExp(`${label}$`) }).click();
    await this.page.getByRole("option", { name: choice }).click();
  }

  /** Writes, and gives the paths of the files. */
  async run(): Promise<string[]> {
    await this.dialog.getByRole("button", { name: "Export now" }).click();
    await expect(this.files).not.toHaveCount(0, { timeout: 60_000 });
    await expect(this.dialog.getByText("Read back: counts, sums and checksums agree.")).toBeVisible();
    return this.files.locator("strong").allInnerTexts();
  }

  /** Reads the files as they lie now; what is said of them. */
  async verify(): Promise<string> {
    await this.dialog.getByRole("button", { name: "Verify", exact: true }).click();
    const said = this.dialog.getByText(/as (they were )?written\.$/);
    await expect(said).toBeVisible();
    return said.innerText();
  }

  async another() {
    await this.dialog.getByRole("button", { name: "Export something else" }).click();
  }
}
