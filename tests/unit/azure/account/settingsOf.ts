import type { AzureSettings } from "../../../../provider/azure/account/settings";
import { readSettings } from "../../../../provider/azure/account/settings";

/** The settings of a stack with these values, given without `azure-native:`, and no variables. */
export function settingsOf(stack: Readonly<Record<string, string>>): AzureSettings {
  return readSettings((key) => stack[key.replace("azure-native:", "")], {});
}
