package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

// Disk Backup Reader and Disk Snapshot Contributor.
var roleGUIDs = []string{"3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", "7efff54f-a5b4-42b5-a1c5-5411624893ce"}

// account is who runs the flow; what is not Azure Backup's it makes by plain requests.
type account struct {
	credential azcore.TokenCredential
	options    *arm.ClientOptions
}

func signIn() account {
	custom := policy.ClientOptions{Cloud: cloud.Configuration{
		ActiveDirectoryAuthorityHost: os.Getenv("ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST"),
		Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
			cloud.ResourceManager: {
				Endpoint: os.Getenv("ARM_RESOURCE_MANAGER_ENDPOINT"),
				Audience: os.Getenv("ARM_RESOURCE_MANAGER_AUDIENCE"),
			},
		},
	}}
	credential, err := azidentity.NewClientSecretCredential(
		os.Getenv("ARM_TENANT_ID"), os.Getenv("ARM_CLIENT_ID"), os.Getenv("ARM_CLIENT_SECRET"),
		&azidentity.ClientSecretCredentialOptions{ClientOptions: custom, DisableInstanceDiscovery: true},
	)
	check(err)
	return account{credential, &arm.ClientOptions{ClientOptions: custom}}
}

func (a account) makeDisk() {
	a.put(groupID, "2024-03-01", object{"location": location})
	a.put(diskID, "2024-03-02", object{
		"location":   location,
		"properties": object{"diskSizeGB": 4, "creationData": object{"createOption": "Empty"}},
	})
}

func (a account) assignRoles(principalID string) {
	definitions := "/subscriptions/" + os.Getenv("ARM_SUBSCRIPTION_ID") + "/providers/Microsoft.Authorization/roleDefinitions/"
	for _, guid := range roleGUIDs {
		a.put(groupID+"/providers/Microsoft.Authorization/roleAssignments/"+newGUID(), "2022-04-01", object{
			"properties": object{
				"roleDefinitionId": definitions + guid,
				"principalId":      principalID,
				"principalType":    "ServicePrincipal",
			},
		})
	}
}

type object map[string]any

func (a account) put(id string, apiVersion string, body object) {
	scope := os.Getenv("ARM_RESOURCE_MANAGER_AUDIENCE") + "/.default"
	token, err := a.credential.GetToken(context.Background(), policy.TokenRequestOptions{Scopes: []string{scope}})
	check(err)
	text, err := json.Marshal(body)
	check(err)
	url := os.Getenv("ARM_RESOURCE_MANAGER_ENDPOINT") + id + "?api-version=" + apiVersion
	request, err := http.NewRequest(http.MethodPut, url, bytes.NewReader(text))
	check(err)
	request.Header.Set("Authorization", "Bearer "+token.Token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	check(err)
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		check(fmt.Errorf("PUT %s: %s", id, response.Status))
	}
}

func newGUID() string {
	b := make([]byte, 16)
	_, err := rand.Read(b)
	check(err)
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

func codeOf(err error) string {
	var responseError *azcore.ResponseError
	if errors.As(err, &responseError) {
		return responseError.ErrorCode
	}
	return err.Error()
}

func tell(step string, outcome string) {
	line, err := json.Marshal(map[string]string{"step": step, "outcome": outcome})
	check(err)
	fmt.Println(string(line))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
