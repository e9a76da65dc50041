import { deleted, green, plan, redKept, shows } from "./reactions";
import { deletion, look, goneForGood, ran, seen, seenProtected } from "./requests";
import type { Scenario } from "./scenario";
import { diskError, failing, inState, protectedThen } from "./situations";

const missingRoles = (step: string): string =>
  `waiting for backup instance {instance} to be protected: the ${step} timeout of 1s has passed (last seen: ` +
  "ProtectionError); waiting for backup instance {instance} to be protected: ProtectionError " +
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
  '"Disk Snapshot Contributor" --scope "{snapshots}" (correlation id {id})';
const diskTypeNotSupported =
  " (UserErrorDiskBackupDiskTypeNotSupported: The disk type is not supported. Use a supported disk type. Contact Microsoft " +
  "support if the issue persists.)";
const noReason = ": the service gives no reason; look at the instance in the Azure portal";

function repairWarning(protectionState: string): string {
  return `warning: the datasource is not protected (${protectionState}): this update has the service repair it`;
}

/** The service is asked to repair it, and does not: why stands in the error. */
function notRepaired(protectionState: string, reason: string): Scenario["reactions"] {
  const error = `waiting for backup instance {instance} to be protected: ${protectionState}${reason} (correlation id {id})`;
  const repair = [look, seen(protectionState), ...ran("sync"), seen(protectionState)];
  const warning = repairWarning(protectionState);
  return {
    previewOfCreate: plan("create", [look]),
    create: redKept(error, repair),
    preview: plan("update", [look], warning),
    refresh: shows(protectionState, [look]),
    update: redKept(error, repair, warning),
    delete: deleted([look, ...deletion, ...goneForGood]),
  };
}

/** The states in which the service gave up. It repairs some of them when it is asked to. */
export const brokenScenarios: Scenario[] = [
  {
    situation: "ProtectionError for missing roles, which count by now",
    given: protectedThen(({ control, instanceId }) => control.breakProtection(instanceId)),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, seen("ProtectionError"), ...ran("sync"), seenProtected]),
      preview: plan("update", [look], repairWarning("ProtectionError")),
      refresh: shows("ProtectionError", [look]),
      update: green(
        [look, seen("ProtectionError"), ...ran("sync"), seenProtected],
        repairWarning("ProtectionError"),
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "ProtectionError for missing roles, which are still missing",
    place: { isGranted: false },
    given: protectedThen(({ control, instanceId }) => control.breakProtection(instanceId)),
    declares: (site) => site.diskBackup({ timeouts: { create: "1s", update: "1s" } }),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(missingRoles("create"), [
        look,
        seen("ProtectionError"),
        ...ran("sync"),
        seen("ProtectionError"),
      ]),
      preview: plan("update", [look], repairWarning("ProtectionError")),
      update: redKept(
        missingRoles("update"),
        [look, seen("ProtectionError"), ...ran("sync"), seen("ProtectionError")],
        repairWarning("ProtectionError"),
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
        `waiting for backup instance {instance} to be protected: ProtectionError${diskTypeNotSupported} (correlation id {id})`,
        [look, seen("ProtectionError"), ...ran("sync"), seen("ProtectionError")],
      ),
      refresh: shows("ProtectionError", [look]),
      update: redKept(
        `waiting for backup instance {instance} to be protected: ProtectionError${diskTypeNotSupported} (correlation id {id})`,
        [look, seen("ProtectionError"), ...ran("sync"), seen("ProtectionError")],
        repairWarning("ProtectionError"),
      ),
    },
  },
  {
    situation: "ConfiguringProtectionFailed",
    given: protectedThen(async (site) => {
      failing(site);
      await inState("ConfiguringProtectionFailed", diskError)(site);
    }),
    reactions: notRepaired("ConfiguringProtectionFailed", diskTypeNotSupported),
  },
  {
    situation: "NotProtected",
    given: inState("NotProtected"),
    reactions: notRepaired("NotProtected", noReason),
  },
  {
    situation: "Invalid",
    given: inState("Invalid"),
    reactions: notRepaired("Invalid", noReason),
  },
];
