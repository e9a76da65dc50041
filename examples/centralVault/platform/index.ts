import * as pulumi from "@pulumi/pulumi";
import { BackupVault, diskPolicies } from "pulumi-azure-dataprotection";

const location = new pulumi.Config("azure-native").get("location") ?? "westeurope";

// The vault, in a resource group of its own, and the policies that the company allows.
const vault = new BackupVault("central", {
  location,
  redundancy: "LocallyRedundant",
  softDelete: { state: "off", acknowledge: "deleted backups are lost" }, // this stack is to be thrown away
  policies: { standard: diskPolicies.daily, critical: diskPolicies.everyFourHoursAndLongTerm },
});

// What the teams need of it.
export const vaultId = vault.id;
export const vaultPrincipalId = vault.principalId;
export const vaultLocation = vault.location;
export const policyIds = vault.policyIds;
