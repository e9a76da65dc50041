import { createHash } from "node:crypto";

/** The namespace of our names: a random UUID, never to be changed, since names of things in Azure depend on it. */
const namespace = Buffer.from("8f6c1f0b53f24d0e9f0a6d5c1b7e2a94", "hex");

/**
 * A UUID that is the same for the same text on every run and machine (RFC 9562, version 5).
 *
 * @example
 * uuidOf("a") === uuidOf("a"); // true
 */
export function uuidOf(name: string): string {
  const bytes = createHash("sha1").update(namespace).update(name, "utf8").digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
