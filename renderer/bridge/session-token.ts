/**
 * The write token of a browser session. It arrives in the fragment of the address (never sent to a server), is taken out of
 * the address bar at once so it is not shared by a copied link, and lives as long as the tab.
 */
const key = "gyrus.token";

export function takeSessionToken(window: Pick<Window, "location" | "history" | "sessionStorage">): string {
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  const given = fragment.get("token");
  if (given !== null) {
    window.sessionStorage.setItem(key, given);
    fragment.delete("token");
    const rest = fragment.toString();
    const { pathname, search } = window.location;
    window.history.replaceState(null, "", `${pathname}${search}${rest === "" ? "" : `#${rest}`}`);
  }
  return given ?? window.sessionStorage.getItem(key) ?? "";
}
