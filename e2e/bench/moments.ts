/** How long the window takes from what a person does to what a person sees, timed inside the page by its own clock. */
import type { Page } from "@playwright/test";

/** An element, and what is written in it. */
export interface Sight {
  selector: string;
  text?: string;
}

/**
 * ms from the next event of this kind to when all of the sights are in the document; `painted` waits for the frame that shows them,
 * in which the scene draws too.
 */
export async function msUntil(
  page: Page,
  event: string,
  sights: readonly Sight[],
  act: () => Promise<void>,
  painted = true,
): Promise<number> {
  await page.evaluate(
    ({ event, sights, painted }) => {
      const holder = window as Window & { gyrusMoment?: Promise<number> };
      holder.gyrusMoment = new Promise((done) => {
        const start = ({ timeStamp }: Event) => {
          const seen = () =>
            sights.every(({ selector, text = "" }) =>
              [...document.querySelectorAll(selector)].some((one) => one.textContent?.includes(text)),
            );
          const finish = () => {
            observer.disconnect();
            if (painted) requestAnimationFrame(() => done(performance.now() - timeStamp));
            else done(performance.now() - timeStamp);
          };
          const observer = new MutationObserver(() => {
            if (seen()) finish();
          });
          observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        };
        window.addEventListener(event, start, { capture: true, once: true });
      });
    },
    { event, sights: [...sights], painted },
  );
  await act();
  return page.evaluate(() => (window as Window & { gyrusMoment?: Promise<number> }).gyrusMoment as Promise<number>);
}

/** ms from the next pointer move to the first frame in which the scene shows another burst; null where it goes on showing the same. */
export async function msUntilAnotherBurst(page: Page, act: () => Promise<void>, mostMs = 2000): Promise<number | null> {
  await page.evaluate((most) => {
    type Probed = Window & { gyrusProbe?: { lastFrame(): { burst: number } | null }; gyrusBurst?: Promise<number | null> };
    const probed = window as Probed;
    const shown = () => probed.gyrusProbe?.lastFrame()?.burst;
    const before = shown();
    probed.gyrusBurst = new Promise((done) => {
      const start = ({ timeStamp }: Event) => {
        const look = () => {
          const passed = performance.now() - timeStamp;
          if (shown() !== before) done(passed);
          else if (passed > most) done(null);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      window.addEventListener("pointermove", start, { capture: true, once: true });
    });
  }, mostMs);
  await act();
  return page.evaluate(() => (window as Window & { gyrusBurst?: Promise<number | null> }).gyrusBurst ?? null);
}
