import { property, textProperty } from "../../arm/requestBody";
import type { Cloud } from "../../cloud";
import type { Answer, Call } from "../../message";
import { findInstance } from "../backupInstances";
import { accepted, beginOperation } from "../operations";
import { invalidInput, refusal, userError } from "../userErrors";
import { vaultOf } from "../vaults";
import { beginBackup } from "./backup";
import { backupRulesOf } from "./backupRules";

/**
 * A backup on demand by a backup rule of the policy, named exactly: `Default`, the retention rule, is refused
 * (azure-cli-extensions#7628).
 */
export function backupNow(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const options = property(call.body, "backupRuleOptions");
  const ruleName = textProperty(options, "ruleName") ?? "";
  const rules = backupRulesOf(cloud.policies.get(instance.spec.policyInfo.policyId));
  const rule = rules.find(({ name }) => name === ruleName);
  if (!rule) {
    throw invalidInput(`The backup policy has no backup rule '${ruleName}'.`);
  }
  if (instance.state !== "ProtectionConfigured" || instance.deletionOperationId !== undefined) {
    // That nothing is backed up whose protection is not configured is documented; the code is assumed.
    throw refusal(
      userError(
        "UserErrorInvalidParameterInRequest",
        `The operation is not allowed while the protection status is ${instance.state}.`,
        "Configure or resume protection, and retry the operation.",
      ),
    );
  }
  const tag = textProperty(property(options, "triggerOption"), "retentionTagOverride") || "default";
  const job = beginBackup(cloud, instance, rule, tag, cloud.now(), true);
  const about = { instanceId: instance.id, jobId: job.id };
  return accepted(
    cloud,
    call,
    beginOperation(cloud, call, vaultOf(cloud, call), "adhocBackup", about),
    "adhocBackup",
  );
}
