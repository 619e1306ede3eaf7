/**
 * Who may speak to the HTTP door.
 *
 * Three fences: the Host header must be an address of this machine (a page of a foreign name that was made to resolve to
 * 127.0.0.1 keeps its foreign Host: DNS rebinding), an Origin must be our own (no foreign page may call), and the token
 * opens what writes. Tokens are compared by digest, so neither length nor content shows in the time it takes.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";

export interface Caller {
  host: string | undefined;
  origin: string | undefined;
  /** Sec-Fetch-Site, which browsers send and pages cannot forge. */
  fetchSite?: string | undefined;
  /** Sec-Fetch-Mode; `navigate` is a person following a link. */
  fetchMode?: string | undefined;
}

export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Null when the caller may come in, else why not. */
export function refusal(caller: Caller, bound: { host: string; allowRemote: boolean }): string | null {
  const name = hostName(caller.host);
  if (name === null) return "the Host header is missing or broken";
  const known = bound.allowRemote ? isLoopback(name) || isIP(name) !== 0 || name === bound.host.toLowerCase() : isLoopback(name);
  if (!known) return `the Host header names "${name}", which is not this machine`;
  if (caller.origin !== undefined && caller.origin.toLowerCase() !== `http://${caller.host?.toLowerCase()}`) {
    return "the request comes from another page's origin";
  }
  const foreign = caller.fetchSite === "cross-site" || caller.fetchSite === "same-site";
  if (foreign && caller.fetchMode !== "navigate") return "the request comes from another site";
  return null;
}

export function sameToken(given: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return given !== undefined && given !== "" && timingSafeEqual(digest(given), digest(token));
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
}

/** The name part of a Host header, lower case, IPv6 without its brackets. */
function hostName(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:/@\s]+))(?::\d+)?$/i.exec(header ?? "");
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}
