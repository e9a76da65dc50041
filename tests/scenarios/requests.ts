/** Requests that come together, in the form of `storyOf`, by what they are for. */

const operationEnded = "GET operationStatus 200 Succeeded";

/** The one look at all instances of the vault, with which every operation begins. */
export const look = "GET backupInstances 200";

/** What a listing lacks is asked for by its id, before it counts as not there. */
export const lookForNew = [look, "GET backupInstances/* 404 UserErrorGenericResourceNotFound"];

/** The service would protect the datasource. */
export const validated = ["POST validateForBackup 202", operationEnded];

/** The service would not protect the datasource, and says so after a while. */
export function validationFailed(code: string): string[] {
  return ["POST validateForBackup 202", `GET operationStatus 200 Failed ${code}`];
}

/** The service would not protect the datasource, and says so at once. */
export function validationRefused(code: string): string {
  return `POST validateForBackup 400 ${code}`;
}

/** The look at the vault's settings. */
export const lookAtVault = "GET the vault 200";

/** The look whether a soft-deleted instance stands in the way. */
export const lookAtDeleted = "GET deletedBackupInstances 200";

/** An instance is made. */
export const put = ["PUT backupInstances/* 201 ConfiguringProtection", operationEnded];

/** The service would change the instance. */
export const changeValidated = ["POST backupInstances/*/validateForModifyBackup 202", operationEnded];

/** The service would not change the instance. */
export function changeRefused(code: string): string[] {
  return ["POST backupInstances/*/validateForModifyBackup 202", `GET operationStatus 200 Failed ${code}`];
}

/** An instance is changed: the service is asked first. */
export const changed = [...changeValidated, "PUT backupInstances/* 201 UpdatingProtection", operationEnded];

/** An action of the instance was run to its end. */
export function ran(
  action: "resumeProtection" | "resumeBackups" | "stopProtection" | "suspendBackups" | "sync",
): string[] {
  return [`POST backupInstances/*/${action} 202`, operationEnded];
}

/** The backups are ended to the end, and the instance shows it. */
export function paused(action: "stopProtection" | "suspendBackups"): string[] {
  const state = action === "stopProtection" ? "ProtectionStopped" : "BackupsSuspended";
  return [...ran(action), seen(state)];
}

/** The instance itself, in a state. */
export function seen(protectionState: string): string {
  return `GET backupInstances/* 200 ${protectionState}`;
}

/** The instance itself, and its datasource protected: the only way to green. */
export const seenProtected = seen("ProtectionConfigured");

/** The instance itself is not there. */
export const seenGone = "GET backupInstances/* 404 UserErrorGenericResourceNotFound";

/** The deletion, to its end. */
export const deletion = ["DELETE backupInstances/* 202", operationEnded];

/** What an operation that may cost backups is refused with, and the look why: at the vault's settings. */
export function refusedByVault(request: string): string[] {
  return [request, "GET the vault 200"];
}

/** A Resource Guard does not let an operation through, and the look which one it is. */
export function refusedByGuard(request: string): string[] {
  return [
    ...refusedByVault(`${request} 400 UserErrorResourceGuardApprovalRequired`),
    "GET backupResourceGuardProxies/DppResourceGuardProxy 200",
  ];
}

/** The question for the guard's approval of a deletion, and the approval. */
export const unlocking = "POST backupResourceGuardProxies/DppResourceGuardProxy/unlockDelete";
export const unlocked = `${unlocking} 200`;

/** The guard does not let a change through, which the service itself would make. */
export const changeRefusedByGuard = [
  "POST backupInstances/*/validateForModifyBackup 202",
  operationEnded,
  ...refusedByGuard("PUT backupInstances/*"),
];

/** The guard lets a change through, once its approval is asked for. */
export const changeApproved = [
  ...changeRefusedByGuard,
  "PUT backupInstances/* 201 UpdatingProtection",
  operationEnded,
];

/** A deleted instance is not among those that can be had back. */
export const notRecoverable = "GET deletedBackupInstances/* 404 UserErrorGenericResourceNotFound";

/** The looks that tell that a deleted instance is gone for good. */
export const goneForGood = [notRecoverable, seenGone];

/** The look which other instances protect the datasource. */
export const lookForProtector = "GET backupInstances of the datasource 200";

/** The looks whether something is in the way of a new instance, after any refusal that is not about rights. */
export const lookedAround = [lookForProtector, lookAtDeleted];

/** A soft-deleted instance is had back, with its protection stopped, and resumed. */
export const recovery = [
  "POST deletedBackupInstances/*/undelete 200",
  seen("ProtectionStopped"),
  ...ran("resumeProtection"),
];

/** The questions of a replacement, before anything is deleted for it: are vault, policy and datasource there, and the latter free? */
export const lookForReplacement = [
  "GET the vault 200",
  "GET backupPolicies/disk 200",
  "GET the datasource 200",
  lookForProtector,
];

/** The old instance protects the datasource still, as it must. */
export const replacementAsked = [
  ...lookForReplacement,
  "POST validateForBackup 400 UserErrorDppDatasourceAlreadyProtected",
];
