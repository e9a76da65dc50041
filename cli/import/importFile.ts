import { backupInstanceType, providerText } from "../../provider/resources/providerText";
import type { ImportedInstance } from "./candidate";

/**
 * The text of the file for `pulumi import -f`. An entry with `outputs` is taken into the state as it is (Pulumi CLI 3.254.0),
 * which is the only way for a dynamic resource: the engine cannot ask its provider, whose code is in the state.
 */
export function importFileOf(instances: readonly ImportedInstance[]): string {
  const resources = instances.map(({ logicalName, outputs }) => {
    const { protectionState: _protection, provisioningState: _provisioning, ...inputs } = outputs;
    return {
      type: backupInstanceType,
      name: logicalName,
      id: outputs.backupInstanceId,
      inputs: { ...inputs, __provider: providerText },
      outputs: { ...outputs, __provider: providerText },
    };
  });
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}
