/**
 * Genomes of FEAGI's 2026 betas (B18) in today's form. B18 keeps the sub-unit of a device in byte 6 of its id and the unit's index in
 * byte 7; today they are in the upper half of byte 4 and in bytes 6 and 7. Nothing in a document tells the two apart, so a person has to
 * say that it is one of these. Source: spec/genome.md section 5.1.
 */
import { decodeId, deviceId, encodeId } from "./cortical-id.ts";

/** The text with every id of an input or output area rewritten; everything else stays byte for byte. */
export function fromB18(text: string): string {
  return text.replace(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{11}=(?!=)/g, (id) => {
    const bytes = decodeId(id);
    if (bytes === undefined || !/^[io]/.test(bytes)) return id;
    const [kind, flags, subUnit, index] = [4, 5, 6, 7].map((at) => bytes.charCodeAt(at)) as [number, number, number, number];
    if (kind > 15 || subUnit > 15) return id;
    const today = deviceId(bytes.slice(0, 4), kind, subUnit, index);
    return encodeId(today.slice(0, 5) + String.fromCharCode(flags) + today.slice(6));
  });
}
