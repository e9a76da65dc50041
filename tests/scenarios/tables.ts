import { accessScenarios } from "./access.scenarios";
import { alreadyThereScenarios } from "./alreadyThere.scenarios";
import { brokenScenarios } from "./broken.scenarios";
import { contradictionScenarios } from "./contradictions.scenarios";
import { deletionScenarios } from "./deletion.scenarios";
import { driftScenarios } from "./drift.scenarios";
import { guardAccessScenarios } from "./guardAccess.scenarios";
import { guardScenarios } from "./guard.scenarios";
import { inputScenarios } from "./inputs.scenarios";
import { lagScenarios } from "./lag.scenarios";
import { lostAnswerScenarios } from "./lostAnswers.scenarios";
import { missingScenarios } from "./missing.scenarios";
import { networkScenarios } from "./network.scenarios";
import { obstacleScenarios } from "./obstacles.scenarios";
import { recoveryScenarios } from "./recovery.scenarios";
import { refusalScenarios } from "./refusals.scenarios";
import { replacementScenarios } from "./replacement.scenarios";
import { stateScenarios } from "./states.scenarios";
import { strangerScenarios } from "./strangers.scenarios";
import { transitionScenarios } from "./transitions.scenarios";
import { workScenarios } from "./work.scenarios";
import { ownVaultScenarios } from "./ownVault.scenarios";
import { prerequisiteScenarios } from "./prerequisites.scenarios";
import type { Scenario } from "./scenario";

/** All situations, in the order in which they are shown. */
export const tables: Record<string, Scenario[]> = {
  "states: protected, and paused by somebody": stateScenarios,
  "states: the service is at work": workScenarios,
  "states: broken": brokenScenarios,
  "what is already there": alreadyThereScenarios,
  "what is to become of it": transitionScenarios,
  "drift that is left alone, and other stacks": driftScenarios,
  deletion: deletionScenarios,
  "what a replacement asks before it deletes": replacementScenarios,
  recovery: recoveryScenarios,
  "what must be done first": obstacleScenarios,
  "what a Resource Guard watches over": guardScenarios,
  "whom a Resource Guard lets through": guardAccessScenarios,
  "what is missing": missingScenarios,
  "what the service refuses": refusalScenarios,
  network: networkScenarios,
  "prerequisites: the vault of the program": ownVaultScenarios,
  "prerequisites: groups, guards, policies and roles": prerequisiteScenarios,
  "what cannot be": contradictionScenarios,
  "what reads show late, or never": lagScenarios,
  "answers and operations that are lost": lostAnswerScenarios,
  "who may look": accessScenarios,
  "what others keep in the vault": strangerScenarios,
  inputs: inputScenarios,
};
