/** What an automated scan (WCAG 2.2 A and AA) finds wrong with a page as it is shown now, one line a barrier. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** `except`: rules that a scan cannot judge here; who names one says why. */
export async function barriers(page: Page, except: string[] = []): Promise<string[]> {
  const builder = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).disableRules(except);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.join(" ")}: ${node.html.slice(0, 200)}`));
}
