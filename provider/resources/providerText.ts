/**
 * What the state of every stack holds for every instance: one line that finds the installed code, so that refresh and
 * destroy run what is installed and state stays small. It resolves the package from the program's folder. **Never change
 * it**: it lives in the states of all users.
 */
export const providerText =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/package.json")("pulumi-azure-dataprotection/provider");';

/** The type token of the resource, in the form that the Pulumi SDK gives to dynamic resources. */
export const backupInstanceType = "pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance";

/** The same for what protection rests on: vaults, policies, groups, role assignments. **Never change it** either. */
export const prerequisiteText =
  'exports.handler=()=>require("module").createRequire(process.cwd()+"/package.json")("pulumi-azure-dataprotection/provider").foundation;';
