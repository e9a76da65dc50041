import { deleted, green, plan, redKept, shows } from "./reactions";
import { deletion, look, goneForGood, ran, seen, seenProtected } from "./requests";
import type { Scenario } from "./scenario";
import { diskError, failing, inState, protectedThen } from "./situations";

/** The states in which the service gave up. It repairs some of them when it is asked to. */
export const brokenScenarios: Scenario[] = [
  {
    situation: "ProtectionError for missing roles, which count by now",
    given: protectedThen(({ control, instanceId }) => control.breakProtection(instanceId)),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, seen("ProtectionError"), ...ran("sync"), seenProtected]),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (ProtectionError): this update has the service repair " +
          "it",
      ),
      refresh: shows("ProtectionError", [look]),
      update: green(
        [look, seen("ProtectionError"), ...ran("sync"), seenProtected],
        "warning: the datasource is not protected (ProtectionError): this update has the service repair " +
          "it",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "ProtectionError for missing roles, which are still missing",
    place: { isGranted: false },
    given: protectedThen(({ control, instanceId }) => control.breakProtection(instanceId)),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: ProtectionError " +
          "(UserErrorMissingRequiredPermissions: Appropriate permissions to perform the operation is " +
          "missing. Validate for Protection failed. Exception Message: The client '{guid}' with object id " +
          "'{guid}' does not have authorization to perform action " +
          "'Microsoft.Authorization/roleAssignments/read' over scope " +
          "'{disk}/providers/Microsoft.Authorization' or the scope is invalid. If access was recently " +
          "granted, please refresh your credentials. Grant appropriate permissions to perform this operation " +
          "as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation.) The " +
          "identity of vault {vault} needs: az role assignment create --assignee-object-id {guid} " +
          '--assignee-principal-type ServicePrincipal --role "Disk Backup Reader" --scope "{disk}"; az role ' +
          "assignment create --assignee-object-id {guid} --assignee-principal-type ServicePrincipal --role " +
          '"Disk Snapshot Contributor" --scope "{snapshots}" (correlation id {id})',
        [look, seen("ProtectionError"), ...ran("sync"), seen("ProtectionError")],
      ),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (ProtectionError): this update has the service repair " +
          "it",
      ),
      update: redKept(
        "waiting for backup instance {instance} to be protected: ProtectionError " +
          "(UserErrorMissingRequiredPermissions: Appropriate permissions to perform the operation is " +
          "missing. Validate for Protection failed. Exception Message: The client '{guid}' with object id " +
          "'{guid}' does not have authorization to perform action " +
          "'Microsoft.Authorization/roleAssignments/read' over scope " +
          "'{disk}/providers/Microsoft.Authorization' or the scope is invalid. If access was recently " +
          "granted, please refresh your credentials. Grant appropriate permissions to perform this operation " +
          "as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation.) The " +
          "identity of vault {vault} needs: az role assignment create --assignee-object-id {guid} " +
          '--assignee-principal-type ServicePrincipal --role "Disk Backup Reader" --scope "{disk}"; az role ' +
          "assignment create --assignee-object-id {guid} --assignee-principal-type ServicePrincipal --role " +
          '"Disk Snapshot Contributor" --scope "{snapshots}" (correlation id {id})',
        [look, seen("ProtectionError"), ...ran("sync"), seen("ProtectionError")],
        "warning: the datasource is not protected (ProtectionError): this update has the service repair " +
          "it",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "ProtectionError for a reason that no repair cures",
    given: protectedThen((site) => {
      site.control.failProtection(site.diskId, {
        protectionState: "ProtectionError",
        errorDetails: diskError,
      });
      site.control.breakProtection(site.instanceId, diskError);
    }),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: ProtectionError " +
          "(UserErrorDiskBackupDiskTypeNotSupported: The disk type is not supported. Use a supported disk " +
          "type. Contact Microsoft support if the issue persists.) (correlation id {id})",
        [look, seen("ProtectionError"), ...ran("sync"), seen("ProtectionError")],
      ),
      refresh: shows("ProtectionError", [look]),
      update: redKept(
        "waiting for backup instance {instance} to be protected: ProtectionError " +
          "(UserErrorDiskBackupDiskTypeNotSupported: The disk type is not supported. Use a supported disk " +
          "type. Contact Microsoft support if the issue persists.) (correlation id {id})",
        [look, seen("ProtectionError"), ...ran("sync"), seen("ProtectionError")],
        "warning: the datasource is not protected (ProtectionError): this update has the service repair " +
          "it",
      ),
    },
  },
  {
    situation: "ConfiguringProtectionFailed",
    given: protectedThen(async (site) => {
      failing(site);
      await inState("ConfiguringProtectionFailed", diskError)(site);
    }),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: ConfiguringProtectionFailed " +
          "(UserErrorDiskBackupDiskTypeNotSupported: The disk type is not supported. Use a supported disk " +
          "type. Contact Microsoft support if the issue persists.) (correlation id {id})",
        [look, seen("ConfiguringProtectionFailed"), ...ran("sync"), seen("ConfiguringProtectionFailed")],
      ),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (ConfiguringProtectionFailed): this update has the " +
          "service repair it",
      ),
      refresh: shows("ConfiguringProtectionFailed", [look]),
      update: redKept(
        "waiting for backup instance {instance} to be protected: ConfiguringProtectionFailed " +
          "(UserErrorDiskBackupDiskTypeNotSupported: The disk type is not supported. Use a supported disk " +
          "type. Contact Microsoft support if the issue persists.) (correlation id {id})",
        [look, seen("ConfiguringProtectionFailed"), ...ran("sync"), seen("ConfiguringProtectionFailed")],
        "warning: the datasource is not protected (ConfiguringProtectionFailed): this update has the " +
          "service repair it",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "NotProtected",
    given: inState("NotProtected"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: NotProtected: the service gives no " +
          "reason; look at the instance in the Azure portal (correlation id {id})",
        [look, seen("NotProtected"), ...ran("sync"), seen("NotProtected")],
      ),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (NotProtected): this update has the service repair it",
      ),
      refresh: shows("NotProtected", [look]),
      update: redKept(
        "waiting for backup instance {instance} to be protected: NotProtected: the service gives no " +
          "reason; look at the instance in the Azure portal (correlation id {id})",
        [look, seen("NotProtected"), ...ran("sync"), seen("NotProtected")],
        "warning: the datasource is not protected (NotProtected): this update has the service repair it",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "Invalid",
    given: inState("Invalid"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: Invalid: the service gives no reason; " +
          "look at the instance in the Azure portal (correlation id {id})",
        [look, seen("Invalid"), ...ran("sync"), seen("Invalid")],
      ),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (Invalid): this update has the service repair it",
      ),
      refresh: shows("Invalid", [look]),
      update: redKept(
        "waiting for backup instance {instance} to be protected: Invalid: the service gives no reason; " +
          "look at the instance in the Azure portal (correlation id {id})",
        [look, seen("Invalid"), ...ran("sync"), seen("Invalid")],
        "warning: the datasource is not protected (Invalid): this update has the service repair it",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
];
