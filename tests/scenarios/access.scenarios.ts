import { plan, redAbsent, redAsBefore, redKept } from "./reactions";
import type { Scenario } from "./scenario";
import { goesWrong, protectedDisk, protectedThen } from "./situations";

const wrongSecret =
  "authenticating as a Service Principal using a Client Secret (tenant {guid}, client {guid}, " +
  "authority https://{endpoint}, scope https://{endpoint}/.default): AADSTS7000215: Invalid client " +
  "secret provided. Ensure the secret being sent in the request is the client secret value, not " +
  "the client secret ID, for a secret added to app '{guid}'. Set azure-native:clientSecret " +
  "(ARM_CLIENT_SECRET) to the value of a client secret of this application, not to its id.";

const lacksReader =
  'This is about the identity that deploys, not about the vault\'s: give it the role "Reader" on {group} with `az role ' +
  'assignment create --assignee-object-id <its object id> --role "Reader" --scope "{group}"`, and run this again once ' +
  "that counts.";

/** What somebody may not do who runs Pulumi. */
export const accessScenarios: Scenario[] = [
  {
    situation: "the credentials are wrong",
    given: protectedDisk,
    config: { "azure-native:clientSecret": "wrong" },
    reactions: {
      previewOfCreate: plan(
        "create",
        [],
        `warning: could not look at the live state of backup instances: ${wrongSecret}`,
      ),
      create: redAbsent(wrongSecret, []),
      preview: plan(
        "same",
        [],
        `warning: could not look at the live state of backup instances: ${wrongSecret}`,
      ),
      refresh: redAsBefore(wrongSecret, []),
      delete: redKept(wrongSecret, []),
    },
  },
  {
    situation: "the list of the live instances is refused",
    given: protectedThen(goesWrong("GET", "/backupInstances$", { status: 403 })),
    isAlone: true,
    reactions: {
      preview: plan(
        "same",
        ["GET backupInstances 403 Forbidden (status 403)"],
        "warning: could not look at the live state of this backup instance, so it is not known whether it is still " +
          "protected: GET {vault}/backupInstances: 403 Forbidden: Forbidden, as a fault that was injected.",
      ),
      refresh: redAsBefore(
        "reading backup instance {instance}: Forbidden: Forbidden, as a fault that was injected. " +
          `${lacksReader} (correlation id {id})`,
        ["GET backupInstances 403 Forbidden (status 403)"],
      ),
    },
  },
];
