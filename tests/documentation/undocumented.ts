/**
 * What `npm run docs` must refuse.
 *
 * @example
 * ```ts
 * const diskName: number = disk.name;
 * ```
 */
export interface Undocumented {
  kind: "undocumented";
  name: string;
}
