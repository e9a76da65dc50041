// The life of a disk's backup with Microsoft's SDK for Go: one JSON line a step, on standard output.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/dataprotection/armdataprotection/v3"
)

const (
	location     = "westeurope"
	group        = "go"
	vaultName    = "vault"
	instanceName = "data-1"
	diskType     = "Microsoft.Compute/disks"
	tries        = 200
	betweenTries = 50 * time.Millisecond
)

var (
	groupID = "/subscriptions/" + os.Getenv("ARM_SUBSCRIPTION_ID") + "/resourceGroups/" + group
	diskID  = groupID + "/providers/Microsoft.Compute/disks/data"
)

type flow struct {
	ctx       context.Context
	vaults    *armdataprotection.BackupVaultsClient
	policies  *armdataprotection.BackupPoliciesClient
	instances *armdataprotection.BackupInstancesClient
	deleted   *armdataprotection.DeletedBackupInstancesClient
}

func main() {
	account := signIn()
	factory, err := armdataprotection.NewClientFactory(os.Getenv("ARM_SUBSCRIPTION_ID"), account.credential, account.options)
	check(err)
	f := flow{
		ctx:       context.Background(),
		vaults:    factory.NewBackupVaultsClient(),
		policies:  factory.NewBackupPoliciesClient(),
		instances: factory.NewBackupInstancesClient(),
		deleted:   factory.NewDeletedBackupInstancesClient(),
	}
	f.live(account)
}

func (f flow) live(account account) {
	account.makeDisk()
	principalID := f.makeVault()
	policyID := f.makePolicy("daily")
	otherPolicyID := f.makePolicy("weekly")
	tell("policy", nameOf(policyID))
	tell("validate without roles", f.validate(policyID))
	account.assignRoles(principalID)
	tell("validate with roles", until("Succeeded", func() string { return f.validate(policyID) }))
	tell("create", f.put(policyID))
	tell("read", *f.get().Properties.FriendlyName)
	tell("list", fmt.Sprint(f.count()))
	f.put(otherPolicyID)
	tell("update", nameOf(*f.get().Properties.PolicyInfo.PolicyID))
	f.stop()
	tell("stop", f.state())
	f.resume()
	tell("resume", f.state())
	f.delete()
	tell("delete", f.state())
	tell("soft-deleted list", strings.Join(f.deletedStates(), ", "))
	f.undelete()
	tell("undelete", f.state())
}

func (f flow) makeVault() string {
	poller, err := f.vaults.BeginCreateOrUpdate(f.ctx, group, vaultName, armdataprotection.BackupVaultResource{
		Location: to.Ptr(location),
		Identity: &armdataprotection.DppIdentityDetails{Type: to.Ptr("SystemAssigned")},
		Properties: &armdataprotection.BackupVault{StorageSettings: []*armdataprotection.StorageSetting{{
			DatastoreType: to.Ptr(armdataprotection.StorageSettingStoreTypesVaultStore),
			Type:          to.Ptr(armdataprotection.StorageSettingTypesLocallyRedundant),
		}}},
	}, nil)
	check(err)
	vault, err := poller.PollUntilDone(f.ctx, nil)
	check(err)
	tell("vault", string(*vault.Properties.ProvisioningState))
	return *vault.Identity.PrincipalID
}

func (f flow) makePolicy(name string) string {
	operational := &armdataprotection.DataStoreInfoBase{
		DataStoreType: to.Ptr(armdataprotection.DataStoreTypesOperationalStore),
		ObjectType:    to.Ptr("DataStoreInfoBase"),
	}
	policy, err := f.policies.CreateOrUpdate(f.ctx, group, vaultName, name, armdataprotection.BaseBackupPolicyResource{
		Properties: &armdataprotection.BackupPolicy{
			ObjectType:      to.Ptr("BackupPolicy"),
			DatasourceTypes: []*string{to.Ptr(diskType)},
			PolicyRules: []armdataprotection.BasePolicyRuleClassification{&armdataprotection.AzureRetentionRule{
				ObjectType: to.Ptr("AzureRetentionRule"),
				Name:       to.Ptr("Default"),
				IsDefault:  to.Ptr(true),
				Lifecycles: []*armdataprotection.SourceLifeCycle{{
					SourceDataStore: operational,
					DeleteAfter: &armdataprotection.AbsoluteDeleteOption{
						ObjectType: to.Ptr("AbsoluteDeleteOption"),
						Duration:   to.Ptr("P7D"),
					},
				}},
			}},
		},
	}, nil)
	check(err)
	return *policy.ID
}

func describeInstance(policyID string) *armdataprotection.BackupInstance {
	return &armdataprotection.BackupInstance{
		ObjectType:   to.Ptr("BackupInstance"),
		FriendlyName: to.Ptr("data"),
		DataSourceInfo: &armdataprotection.Datasource{
			ObjectType:       to.Ptr("Datasource"),
			DatasourceType:   to.Ptr(diskType),
			ResourceID:       to.Ptr(diskID),
			ResourceLocation: to.Ptr(location),
			ResourceName:     to.Ptr("data"),
			ResourceType:     to.Ptr(diskType),
			ResourceURI:      to.Ptr(""),
		},
		PolicyInfo: &armdataprotection.PolicyInfo{
			PolicyID: to.Ptr(policyID),
			PolicyParameters: &armdataprotection.PolicyParameters{
				DataStoreParametersList: []armdataprotection.DataStoreParametersClassification{
					&armdataprotection.AzureOperationalStoreParameters{
						ObjectType:      to.Ptr("AzureOperationalStoreParameters"),
						DataStoreType:   to.Ptr(armdataprotection.DataStoreTypesOperationalStore),
						ResourceGroupID: to.Ptr(groupID),
					},
				},
			},
		},
	}
}

// until looks again and again until it sees what is expected, and gives what it saw last.
func until(expected string, look func() string) string {
	seen := ""
	for range tries {
		if seen = look(); seen == expected {
			break
		}
		time.Sleep(betweenTries)
	}
	return seen
}

func nameOf(id string) string {
	return id[strings.LastIndex(id, "/")+1:]
}
