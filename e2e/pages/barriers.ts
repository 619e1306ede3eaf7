/** What an automated scan (WCAG 2.2 A and AA) finds wrong with a page as it is shown now, one line a barrier. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

interface Scan {
  /** Selector of what is scanned; else the whole page is. */
  within?: string;
  /** Rules that a scan cannot judge here; who names one says why. */
  except?: string[];
}

export async function barriers(page: Page, { within, except = [] }: Scan = {}): Promise<string[]> {
  const builder = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).disableRules(except);
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.join(" ")}: ${node.html.slice(0, 200)}`));
}
