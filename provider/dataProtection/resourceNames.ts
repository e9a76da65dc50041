/** What a name in Azure may be. */
export interface NameRule {
  pattern: RegExp;
  /** The rule in words, which follow "a name has". */
  inWords: string;
}

export const longestVaultName = 50;
export const longestResourceGroupName = 90;

/** Letters and digits of all languages: Resource Manager's rule. */
export const resourceGroupNameRule: NameRule = {
  pattern: new RegExp(`^[-\\w.()\\p{L}\\p{N}]{1,${longestResourceGroupName}}(?<!\\.)$`, "u"),
  inWords: `up to ${longestResourceGroupName} letters, digits, _ - . ( ) and does not end with a period`,
};

/** OpenAPI document of the service (facts, section 2). */
export const vaultNameRule: NameRule = {
  pattern: new RegExp(`^(?=.{2,${longestVaultName}}$)[A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]$`),
  inWords: `2 to ${longestVaultName} letters, digits and hyphens, starts with a letter and ends with a letter or digit`,
};

/** What the service takes, as other tools know it (facts, section 6). */
export const policyNameRule: NameRule = {
  pattern: /^[-a-zA-Z0-9]{3,150}$/,
  inWords: "3 to 150 letters, digits and hyphens",
};

/** What stands for the subscription of something whose id is none, in the id that is made with it. */
export function noSubscription(wrongId: string): string {
  return `(${wrongId})`;
}

/** The id that is none; `undefined` for a subscription. */
export function wrongIdIn(subscriptionId: string): string | undefined {
  return /^\((.*)\)$/s.exec(subscriptionId)?.[1];
}
