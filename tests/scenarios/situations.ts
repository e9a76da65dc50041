import type { ErrorDetails, Fault } from "../../emulator";
import type { Site } from "./site";

/** The stack whose operations the table shows, as the tag of its instances names it. */
const ourStack = "shop/dev";

/** The disk has been protected by this stack, and all is well. */
export async function protectedDisk(site: Site): Promise<void> {
  await protectDisk(site, { "pulumi-stack": ourStack });
}

/** The same, by a tool that does not tag what it makes. */
export async function protectedByOthers(site: Site): Promise<void> {
  await protectDisk(site, undefined);
}

/** Another vault protects the disk. */
export async function protectedElsewhere(site: Site): Promise<void> {
  await site.putOtherVault();
  await protectDisk(site, undefined, { vaultId: site.otherVaultId });
}

/** The disk has been protected, and then something happened. */
export function protectedThen(happen: (site: Site) => Promise<void> | void): (site: Site) => Promise<void> {
  return async (site) => {
    await protectedDisk(site);
    await happen(site);
  };
}

/** The disk has been protected, and a Resource Guard put in front of the vault, which approves of everything. */
export const guarded = protectedThen(async (site) => site.guard());

/** The instance is in a state. */
export function inState(protectionState: string, errorDetails?: ErrorDetails): (site: Site) => Promise<void> {
  return protectedThen(({ control, instanceId }) =>
    control.setInstance(instanceId, { protectionState, ...(errorDetails ? { errorDetails } : {}) }),
  );
}

/** Every attempt to protect the disk ends badly. */
export function failing({ control, diskId }: Site): void {
  control.failProtection(diskId, { errorDetails: diskError });
}

/** Something goes wrong with the first requests of this kind. */
export function goesWrong(method: string, path: string, fault: Fault, times = 1): (site: Site) => void {
  return ({ control, vaultId }) =>
    void control.injectFault({ match: { method, path: new RegExp(`${vaultId}${path}`) }, fault, times });
}

/** Does something after the second exchange of this kind: the first one is the look whether the instance is there. */
export function afterSecond(site: Site, path: RegExp, act: () => void): void {
  site.after(path, () => undefined);
  site.after(path, act);
}

/** An error that no role cures (facts, section 4.4). */
export const diskError: ErrorDetails = {
  code: "UserErrorDiskBackupDiskTypeNotSupported",
  message: "The disk type is not supported.",
  recommendedAction: ["Use a supported disk type.", "Contact Microsoft support if the issue persists."],
};

/** The instance of the disk under another id, or with other properties. */
export async function protectDisk(
  site: Site,
  tags: Record<string, string> | undefined,
  { vaultId = site.vaultId, name = site.instanceId.replace(/^.*\//, ""), diskId = site.diskId } = {},
): Promise<void> {
  const instanceId = `${vaultId}/backupInstances/${name}`;
  await site.put(instanceId, {
    ...(tags ? { tags } : {}),
    properties: {
      objectType: "BackupInstance",
      friendlyName: diskId.replace(/^.*\//, ""),
      dataSourceInfo: {
        objectType: "Datasource",
        datasourceType: "Microsoft.Compute/disks",
        resourceID: diskId,
        resourceLocation: "westeurope",
        resourceName: diskId.replace(/^.*\//, ""),
        resourceType: "Microsoft.Compute/disks",
        resourceUri: "",
      },
      policyInfo: {
        policyId: `${vaultId}/backupPolicies/disk`,
        policyParameters: {
          dataStoreParametersList: [
            {
              objectType: "AzureOperationalStoreParameters",
              dataStoreType: "OperationalStore",
              resourceGroupId: site.snapshotsId,
            },
          ],
        },
      },
    },
  });
  settle(site, instanceId);
}

/** The account has been protected by this stack: vaulted if containers are named. */
export function protectedAccount(containers?: string[]): (site: Site) => Promise<void> {
  return async (site) => {
    const name = site.accountId.replace(/^.*\//, "");
    await site.put(site.blobInstanceId, {
      tags: { "pulumi-stack": ourStack },
      properties: {
        objectType: "BackupInstance",
        friendlyName: name,
        dataSourceInfo: {
          objectType: "Datasource",
          datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
          resourceID: site.accountId,
          resourceLocation: "westeurope",
          resourceName: name,
          resourceType: "Microsoft.Storage/storageAccounts",
          resourceUri: site.accountId,
        },
        policyInfo: {
          policyId: site.policyId(containers ? "blob-vaulted" : "blob-operational"),
          ...(containers
            ? {
                policyParameters: {
                  backupDatasourceParametersList: [
                    { objectType: "BlobBackupDatasourceParameters", containersList: containers },
                  ],
                },
              }
            : {}),
        },
      },
    });
    settle(site, site.blobInstanceId);
  };
}

function settle({ control }: Site, instanceId: string): void {
  control.advance(operationInMs);
  control.setInstance(instanceId, {
    protectionState: "ProtectionConfigured",
    provisioningState: "Succeeded",
    wasProtected: true,
  });
}

/** At the pace of these tests a PUT and the configuring after it take 31 milliseconds. */
const operationInMs = 40;
