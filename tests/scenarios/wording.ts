import type { Site } from "./site";

/** A text with everything that differs from run to run by its name in braces. */
export function generalise(text: string, site: Site): string {
  const names: [string | RegExp, string][] = [
    [/ \(correlation id [0-9a-f-]{36}\)/g, " (correlation id {id})"],
    [site.instanceId, "{instance}"],
    [site.blobInstanceId, "{blobInstance}"],
    [site.otherVaultId, "{otherVault}"],
    [site.vaultId, "{vault}"],
    [site.diskId, "{disk}"],
    [site.accountId, "{account}"],
    [site.snapshotsId, "{snapshots}"],
    [site.guardId, "{guard}"],
    [site.estate.groupId, "{group}"],
    [site.instanceId.replace(/^.*\//, ""), "{instanceName}"],
    [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "{guid}"],
    [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "{time}"],
    [/127\.0\.0\.1:\d+/g, "{endpoint}"],
    [new RegExp(site.name, "g"), "{n}"],
  ];
  return names.reduce((result, [from, to]) => result.replaceAll(from, to), text);
}
