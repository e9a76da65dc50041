import { deleted, green, plan, redKept, shows } from "./reactions";
import { deletion, look, goneForGood, seen, seenProtected } from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { inState } from "./situations";

/** The service is at work on it, and has ended the work when the provider looks at the instance itself. */
function untilLookedAt(protectionState: string, end = "ProtectionConfigured"): (site: Site) => Promise<void> {
  return async (site) => {
    await inState(protectionState)(site);
    site.after(/backupInstances$/, () => site.control.setInstance(site.instanceId, { protectionState: end }));
  };
}

/** The states in which the service is at work on an instance, and those of its end. */
export const workScenarios: Scenario[] = [
  {
    situation: "ConfiguringProtection: an interrupted run left it",
    given: untilLookedAt("ConfiguringProtection"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, seenProtected]),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (ConfiguringProtection): this update waits until it is",
      ),
      refresh: shows("ConfiguringProtection", [look]),
      update: green(
        [look, seenProtected],
        "warning: the datasource is not protected (ConfiguringProtection): this update waits until it is",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "ConfiguringProtection, and the deadline comes before its end",
    given: inState("ConfiguringProtection"),
    declares: (site) => site.diskBackup({ timeouts: { create: "1s", update: "1s" } }),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: the create timeout of 1s has passed " +
          "(last seen: ConfiguringProtection); run it again, and it carries on from there (correlation id " +
          "{id})",
        [look],
      ),
      update: redKept(
        "waiting for backup instance {instance} to be protected: the update timeout of 1s has passed " +
          "(last seen: ConfiguringProtection); run it again, and it carries on from there (correlation id " +
          "{id})",
        [look],
        "warning: the datasource is not protected (ConfiguringProtection): this update waits until it is",
      ),
    },
  },
  {
    situation: "UpdatingProtection: somebody is changing it",
    given: untilLookedAt("UpdatingProtection"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, seenProtected]),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (UpdatingProtection): this update waits until it is",
      ),
      refresh: shows("UpdatingProtection", [look]),
      update: green(
        [look, seenProtected],
        "warning: the datasource is not protected (UpdatingProtection): this update waits until it is",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "SoftDeleting: somebody is deleting it",
    given: inState("SoftDeleting"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: SoftDeleting: somebody deleted the " +
          "instance; run the update again when the deletion has ended, and it has the instance back " +
          "(correlation id {id})",
        [look, seen("SoftDeleting")],
      ),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (SoftDeleting): this update fails until the deletion " +
          "has ended, and has the instance back then",
      ),
      refresh: shows("SoftDeleting", [look]),
      update: redKept(
        "waiting for backup instance {instance} to be protected: SoftDeleting: somebody deleted the " +
          "instance; run the update again when the deletion has ended, and it has the instance back " +
          "(correlation id {id})",
        [look, seen("SoftDeleting")],
        "warning: the datasource is not protected (SoftDeleting): this update fails until the deletion " +
          "has ended, and has the instance back then",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "SoftDeleted, and still listed among the live ones",
    given: inState("SoftDeleted"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: SoftDeleted: somebody deleted the " +
          "instance; run the update again when the deletion has ended, and it has the instance back " +
          "(correlation id {id})",
        [look, seen("SoftDeleted")],
      ),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (SoftDeleted): this update fails until the deletion " +
          "has ended, and has the instance back then",
      ),
      refresh: shows("SoftDeleted", [look]),
      update: redKept(
        "waiting for backup instance {instance} to be protected: SoftDeleted: somebody deleted the " +
          "instance; run the update again when the deletion has ended, and it has the instance back " +
          "(correlation id {id})",
        [look, seen("SoftDeleted")],
        "warning: the datasource is not protected (SoftDeleted): this update fails until the deletion " +
          "has ended, and has the instance back then",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "a state that no document names",
    given: inState("QuantumProtected"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: redKept(
        "waiting for backup instance {instance} to be protected: QuantumProtected: the service gives no " +
          "reason; look at the instance in the Azure portal (correlation id {id})",
        [look, seen("QuantumProtected")],
      ),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (QuantumProtected): this update looks at it again",
      ),
      refresh: shows("QuantumProtected", [look]),
      update: redKept(
        "waiting for backup instance {instance} to be protected: QuantumProtected: the service gives no " +
          "reason; look at the instance in the Azure portal (correlation id {id})",
        [look, seen("QuantumProtected")],
        "warning: the datasource is not protected (QuantumProtected): this update looks at it again",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
];
