package main

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/dataprotection/armdataprotection/v3"
)

func (f flow) validate(policyID string) string {
	request := armdataprotection.ValidateForBackupRequest{BackupInstance: describeInstance(policyID)}
	poller, err := f.instances.BeginValidateForBackup(f.ctx, group, vaultName, request, nil)
	check(err)
	if _, err = poller.PollUntilDone(f.ctx, nil); err != nil {
		return codeOf(err)
	}
	return "Succeeded"
}

func (f flow) put(policyID string) string {
	poller, err := f.instances.BeginCreateOrUpdate(f.ctx, group, vaultName, instanceName, armdataprotection.BackupInstanceResource{
		Properties: describeInstance(policyID),
		Tags:       map[string]*string{"owner": to.Ptr("go")},
	}, nil)
	finish(f.ctx, poller, err)
	return until("ProtectionConfigured", f.state)
}

func (f flow) get() armdataprotection.BackupInstancesClientGetResponse {
	response, err := f.instances.Get(f.ctx, group, vaultName, instanceName, nil)
	check(err)
	return response
}

// state gives the instance's protection state, or the code of the error that is in its place.
func (f flow) state() string {
	response, err := f.instances.Get(f.ctx, group, vaultName, instanceName, nil)
	if err != nil {
		return codeOf(err)
	}
	return string(*response.Properties.CurrentProtectionState)
}

func (f flow) count() int {
	count := 0
	for pager := f.instances.NewListPager(group, vaultName, nil); pager.More(); {
		page, err := pager.NextPage(f.ctx)
		check(err)
		count += len(page.Value)
	}
	return count
}

func (f flow) stop() {
	poller, err := f.instances.BeginStopProtection(f.ctx, group, vaultName, instanceName, nil)
	finish(f.ctx, poller, err)
}

func (f flow) resume() {
	poller, err := f.instances.BeginResumeProtection(f.ctx, group, vaultName, instanceName, nil)
	finish(f.ctx, poller, err)
}

func (f flow) delete() {
	poller, err := f.instances.BeginDelete(f.ctx, group, vaultName, instanceName, nil)
	finish(f.ctx, poller, err)
}

func (f flow) deletedStates() []string {
	states := []string{}
	for pager := f.deleted.NewListPager(group, vaultName, nil); pager.More(); {
		page, err := pager.NextPage(f.ctx)
		check(err)
		for _, deleted := range page.Value {
			states = append(states, string(*deleted.Properties.CurrentProtectionState))
		}
	}
	return states
}

func (f flow) undelete() {
	poller, err := f.deleted.BeginUndelete(f.ctx, group, vaultName, instanceName, nil)
	finish(f.ctx, poller, err)
}

func finish[Response any](ctx context.Context, poller *runtime.Poller[Response], err error) {
	check(err)
	_, err = poller.PollUntilDone(ctx, nil)
	check(err)
}
