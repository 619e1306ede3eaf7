/** The brain in a real Neo4j 5.26: connect, write, write again after an edit, ask for paths and motifs; the filled view is scanned. */
import { join } from "node:path";
import type { Locator } from "@playwright/test";
import { missing, type Neo4jServer, password, startNeo4j } from "../../app/adapters/neo4j/testing/neo4j-server.ts";
import { expect, test } from "../fixtures.ts";
import { barriers } from "../pages/barriers.ts";
import { LabPage } from "../pages/lab-page.ts";
import { root } from "../root.ts";

let server: Neo4jServer | null = null;
test.afterEach(async () => {
  await server?.close();
  server = null;
});

test("a brain is written to Neo4j, kept up to date by difference, and asked about", async ({ start, launcher, stateDir }) => {
  test.skip(launcher !== "browser", "the same window everywhere: written once, from the browser");
  test.skip(missing !== "", `no Neo4j: ${missing}`);
  server = await startNeo4j(join(stateDir, "neo4j"));
  const app = await start(join(root, "resources/genomes/essential.json"));
  const lab = new LabPage(app.page);
  await lab.grown();
  const panel = await lab.show("Neo4j");
  const uri = server.place.uri;
  const choose = async (label: string, option: string) => {
    await panel.getByRole("button", { name: new RegExp(`${label}$`) }).click();
    await app.page.getByRole("option", { name: option, exact: true }).click();
  };
  const changed = (what: string) => factOf(panel, what);

  await test.step("a wrong password is refused in words; the right one connects", async () => {
    await panel.getByRole("textbox", { name: "Address" }).fill(uri);
    await panel.getByLabel("Password", { exact: true }).fill("something else");
    await panel.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(panel.getByRole("alert")).toContainText(/password|refused|authenti/i);
    await panel.getByLabel("Password", { exact: true }).fill(password);
    await panel.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(panel.getByText(/^Neo4j 5\.26|Neo4j 5\.26/).first()).toBeVisible();
    await expect(panel.getByText("The database holds no brain yet.")).toBeVisible();
  });

  await test.step("the whole brain is written and read back", async () => {
    await panel.getByRole("button", { name: "Write brain" }).click();
    await expect(panel.getByText(/Counts and [\d,]+ synapses were read back and are the same\./)).toBeVisible({ timeout: 180_000 });
    expect(await changed("Nodes")).toMatch(/^\+[1-9][\d,]* −0$/);
  });

  await test.step("nothing is written twice; an edit of a threshold writes properties and nothing else", async () => {
    await panel.getByRole("button", { name: "Write brain" }).click();
    await expect(panel.getByText(/nothing was written/)).toBeVisible();
    // The view stands in the inspector's dock, so one is behind the other.
    await lab.show("Inspector");
    await lab.selectArea("forward");
    await lab.inspector.getByRole("tab", { name: "Area" }).click();
    const threshold = lab.inspector.getByRole("textbox", { name: "Firing threshold", exact: true });
    await threshold.fill("7");
    await threshold.press("Enter");
    await expect(lab.inspector.getByRole("button", { name: "Undo", exact: true })).toBeEnabled();
    await lab.show("Neo4j");
    await panel.getByRole("button", { name: "Write brain" }).click();
    await expect.poll(() => changed("Properties")).not.toBe("0");
    expect([await changed("Nodes"), await changed("Relationships")]).toEqual(["+0 −0", "+0 −0"]);
  });

  await test.step("paths, pairs and hubs come from the database; what is found can be selected", async () => {
    await choose("From", "forward");
    await choose("To", "M1_FW");
    await panel.getByRole("button", { name: "Ask", exact: true }).click();
    const answer = panel.getByRole("table", { name: "What was found" });
    const [shortest] = [answer.getByRole("row").nth(1)];
    await expect(shortest).toContainText("forward");
    await expect(shortest.getByRole("cell").last()).toHaveText("1");
    for (const question of ["Reciprocal pairs", "Hubs"]) {
      await choose("Question", question);
      await panel.getByRole("button", { name: "Ask", exact: true }).click();
      await expect(answer.or(panel.getByText("No two of them reach each other directly."))).toBeVisible();
    }
    await expect(answer.getByRole("columnheader", { name: "Out" })).toBeVisible();
    const hub = answer.getByRole("row").nth(1).getByRole("button").first();
    const name = (await hub.innerText()).trim();
    await hub.click();
    await lab.show("Inspector");
    await expect(lab.inspector.getByRole("heading", { name })).toBeVisible();
  });

  for (const theme of ["dark", "light"] as const)
    await test.step(`the filled view has no detectable barrier in the ${theme} theme`, async () => {
      await lab.show("Neo4j");
      await lab.useTheme(theme);
      expect(await barriers(app.page, { within: '[data-panel="graph"]' })).toEqual([]);
    });

  expect(app.errors).toEqual([]);
  await app.quit();
});

/** The value beside a term. */
async function factOf(panel: Locator, term: string): Promise<string> {
  return panel
    .locator("dl.facts dt", { hasText: new RegExp(`^${term}$`) })
    .locator("xpath=following-sibling::dd[1]")
    .innerText();
}
