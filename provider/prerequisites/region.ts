/** Whether two regions are not the same: Azure takes `West Europe` and `westeurope` for one. */
export function isOtherRegion(one: string | undefined, other: string | undefined): boolean {
  const spelt = (region: string): string => region.toLowerCase().replaceAll(" ", "");
  return one !== undefined && other !== undefined && spelt(one) !== spelt(other);
}
