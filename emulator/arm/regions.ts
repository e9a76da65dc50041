/** Regions that Azure pairs, in both directions (Microsoft's list of paired regions; the first from backup_vault_create_and_delete). */
const pairs: readonly (readonly [string, string])[] = [
  ["centraluseuap", "eastus2euap"],
  ["westeurope", "northeurope"],
  ["eastus", "westus"],
  ["eastus2", "centralus"],
  ["northcentralus", "southcentralus"],
  ["westus2", "westcentralus"],
  ["uksouth", "ukwest"],
  ["francecentral", "francesouth"],
  ["germanywestcentral", "germanynorth"],
  ["switzerlandnorth", "switzerlandwest"],
  ["norwayeast", "norwaywest"],
  ["eastasia", "southeastasia"],
  ["japaneast", "japanwest"],
  ["australiaeast", "australiasoutheast"],
  ["canadacentral", "canadaeast"],
  ["centralindia", "southindia"],
];

/** The region that geo-redundant storage of `location` is copied to, where there is one. */
export function pairedRegionOf(location: string): string | undefined {
  const pair = pairs.find((one) => one.includes(location));
  return pair?.find((region) => region !== location);
}
