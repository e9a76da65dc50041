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

/** The update ends green when the work has, and previews say that it waits. */
function waitedFor(protectionState: string): Scenario["reactions"] {
  const warning = `warning: the datasource is not protected (${protectionState}): this update waits until it is`;
  return {
    previewOfCreate: plan("create", [look]),
    create: green([look, seenProtected]),
    preview: plan("update", [look], warning),
    refresh: shows(protectionState, [look]),
    update: green([look, seenProtected], warning),
    delete: deleted([look, ...deletion, ...goneForGood]),
  };
}

/** It is had back when its deletion has ended, and no sooner. */
function hadBackLater(protectionState: string): Scenario["reactions"] {
  const error =
    `waiting for backup instance {instance} to be protected: ${protectionState}: somebody deleted the instance; run the ` +
    "update again when the deletion has ended, and it has the instance back (correlation id {id})";
  const warning =
    `warning: the datasource is not protected (${protectionState}): this update fails until the deletion has ended, and has ` +
    "the instance back then";
  return {
    previewOfCreate: plan("create", [look]),
    create: redKept(error, [look, seen(protectionState)]),
    preview: plan("update", [look], warning),
    refresh: shows(protectionState, [look]),
    update: redKept(error, [look, seen(protectionState)], warning),
    delete: deleted([look, ...deletion, ...goneForGood]),
  };
}

/** The states in which the service is at work on an instance, and those of its end. */
export const workScenarios: Scenario[] = [
  {
    situation: "ConfiguringProtection: an interrupted run left it",
    given: untilLookedAt("ConfiguringProtection"),
    reactions: waitedFor("ConfiguringProtection"),
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
    reactions: waitedFor("UpdatingProtection"),
  },
  {
    situation: "SoftDeleting: somebody is deleting it",
    given: inState("SoftDeleting"),
    reactions: hadBackLater("SoftDeleting"),
  },
  {
    situation: "SoftDeleted, and still listed among the live ones",
    given: inState("SoftDeleted"),
    reactions: hadBackLater("SoftDeleted"),
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
