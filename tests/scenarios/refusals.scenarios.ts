import { redAsBefore, redKept, refusedFromPreviewOn } from "./reactions";
import { look, put, ran, seen, validated, validationFailed, lookForNew, lookedAround } from "./requests";
import type { Scenario } from "./scenario";
import { diskError, failing, protectedDisk } from "./situations";

/** What the service refuses, or cannot do, and what the message says about it. */
export const refusalScenarios: Scenario[] = [
  {
    situation: "the policy is for another kind of datasource",
    declares: (site) => site.diskBackup({ policyId: site.policyId("blob-operational") }),
    reactions: refusedFromPreviewOn(
      "datasource",
      "creating backup instance {instance}: UserErrorInvalidParameterInRequest: The backup policy " +
        "blob-operational is for Microsoft.Storage/storageAccounts/blobServices, not for " +
        "Microsoft.Compute/disks. Provide a policy for the type of the datasource. (correlation id {id})",
      [...lookForNew, ...validationFailed("UserErrorInvalidParameterInRequest"), ...lookedAround],
    ),
  },
  {
    situation: "the policy is for another kind of datasource, in an update",
    given: protectedDisk,
    declares: (site) => site.diskBackup({ policyId: site.policyId("blob-operational") }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      update: redAsBefore(
        "updating backup instance {instance}: UserErrorInvalidParameterInRequest: The backup policy " +
          "blob-operational is for Microsoft.Storage/storageAccounts/blobServices, not for " +
          "Microsoft.Compute/disks. Provide a policy for the type of the datasource. (correlation id {id})",
        [
          look,
          "POST backupInstances/*/validateForModifyBackup 202",
          "GET operationStatus 200 Failed UserErrorInvalidParameterInRequest",
        ],
      ),
    },
  },
  {
    situation: "the disk is in another region than the vault",
    place: { region: "northeurope" },
    reactions: refusedFromPreviewOn(
      "datasource",
      "creating backup instance {instance}: UserErrorDatasourceAndBackupVaultLocationMismatch: The " +
        "datasource is in northeurope and the Backup vault in westeurope. Use a Backup vault in the " +
        "location of the datasource. Vault and datasource must be in one region: use a vault in the " +
        "datasource's region instead of {vault}. (correlation id {id})",
      [
        ...lookForNew,
        ...validationFailed("UserErrorDatasourceAndBackupVaultLocationMismatch"),
        ...lookedAround,
      ],
    ),
  },
  {
    situation: "the account is of a type that is not supported",
    place: { accountKind: { kind: "StorageV2", isHnsEnabled: true } },
    declares: (site) => site.blobBackup(),
    reactions: refusedFromPreviewOn(
      "datasource",
      "creating backup instance {blobInstance}: UserErrorUnsupportedStorageAccountType: The storage " +
        "account account{n} is not of a type that this datasource type supports. Use adlsBlobServices " +
        "for accounts with a hierarchical namespace, and blobServices for others. A datasource of kind " +
        '"blob" must be a general-purpose v2 account of standard performance without NFS, SFTP and ' +
        'hierarchical namespace; an account with a hierarchical namespace is of kind "adls". (correlation id {id})',
      [...lookForNew, ...validationFailed("UserErrorUnsupportedStorageAccountType"), ...lookedAround],
    ),
  },
  {
    situation: "the policy is vaulted, and no container is named",
    declares: (site) => site.blobBackup(undefined, { policyId: site.policyId("blob-vaulted") }),
    reactions: refusedFromPreviewOn(
      "datasource",
      "creating backup instance {blobInstance}: UserErrorNoContainersSelectedForOperation: No " +
        "containers are selected for the operation. Select at least one container. A policy for vaulted backup needs " +
        "containers: name them in datasource.containers, or declare a policy for operational backup. (correlation id {id})",
      [...lookForNew, ...validationFailed("UserErrorNoContainersSelectedForOperation"), ...lookedAround],
    ),
  },
  {
    situation: "the service accepts the disk, and cannot protect it",
    given: failing,
    reactions: {
      create: redKept(
        "waiting for backup instance {instance} to be protected: ConfiguringProtectionFailed " +
          "(UserErrorDiskBackupDiskTypeNotSupported: The disk type is not supported. Use a supported disk " +
          "type. Contact Microsoft support if the issue persists.) (correlation id {id})",
        [
          ...lookForNew,
          ...validated,
          ...put,
          seen("ConfiguringProtectionFailed"),
          ...ran("sync"),
          seen("ConfiguringProtectionFailed"),
        ],
      ),
    },
  },
  {
    situation: "the service accepts the disk, and ends in a state that no document names",
    given: ({ control, diskId }) =>
      control.failProtection(diskId, { protectionState: "QuantumProtected", errorDetails: diskError }),
    reactions: {
      create: redKept(
        "waiting for backup instance {instance} to be protected: QuantumProtected " +
          "(UserErrorDiskBackupDiskTypeNotSupported: The disk type is not supported. Use a supported disk " +
          "type. Contact Microsoft support if the issue persists.) (correlation id {id})",
        [...lookForNew, ...validated, ...put, seen("QuantumProtected")],
      ),
    },
  },
];
