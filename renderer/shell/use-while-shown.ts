/** Runs something while an element is in sight; a panel behind another tab is mounted and not in sight. */
import { type RefObject, useEffect } from "react";

/** `begin` returns the way to end it. */
export function useWhileShown(element: RefObject<HTMLElement | null>, begin: () => () => void): void {
  useEffect(() => {
    const shown = element.current;
    if (!shown) return;
    let end: (() => void) | null = null;
    const observer = new IntersectionObserver((entries) => {
      const isShown = entries.at(-1)?.isIntersecting ?? false;
      if (isShown) end ??= begin();
      else {
        end?.();
        end = null;
      }
    });
    observer.observe(shown);
    return () => {
      observer.disconnect();
      end?.();
    };
  }, [element, begin]);
}
