import { itAgreesWithOpenApi } from "../wire/stage";
import { alreadyThereScenarios } from "./alreadyThere.scenarios";
import { brokenScenarios } from "./broken.scenarios";
import { deletionScenarios } from "./deletion.scenarios";
import { driftScenarios } from "./drift.scenarios";
import { guardAccessScenarios } from "./guardAccess.scenarios";
import { guardScenarios } from "./guard.scenarios";
import { inputScenarios } from "./inputs.scenarios";
import { laws } from "./laws";
import { missingScenarios } from "./missing.scenarios";
import { networkScenarios } from "./network.scenarios";
import { obstacleScenarios } from "./obstacles.scenarios";
import { refusalScenarios } from "./refusals.scenarios";
import { rowsOf } from "./scenario";
import { stateScenarios } from "./states.scenarios";
import { Theatre } from "./theatre";
import { transitionScenarios } from "./transitions.scenarios";
import { workScenarios } from "./work.scenarios";

const tables = {
  "states: protected, and paused by somebody": stateScenarios,
  "states: the service is at work": workScenarios,
  "states: broken": brokenScenarios,
  "what is already there": alreadyThereScenarios,
  "what is to become of it": transitionScenarios,
  "drift that is left alone, and other stacks": driftScenarios,
  "deletion and recovery": deletionScenarios,
  "what must be done first": obstacleScenarios,
  "what a Resource Guard watches over": guardScenarios,
  "whom a Resource Guard lets through": guardAccessScenarios,
  "what is missing": missingScenarios,
  "what the service refuses": refusalScenarios,
  "network and credentials": networkScenarios,
  inputs: inputScenarios,
};

let theatre: Theatre;
const outcomes: string[] = [];
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(async () => {
  await theatre.close();
  const kinds = [...new Set(outcomes.map((outcome) => outcome.replace(/^(shows) .*/, "$1")))].toSorted();
  const counts = kinds.map((kind) => `${kind} ${outcomes.filter((one) => one.startsWith(kind)).length}`);
  process.stdout.write(`${outcomes.length} rows: ${counts.join("; ")}\n`);
});

describe.each(Object.entries(tables))("%s", (_, scenarios) => {
  it.each(rowsOf(scenarios))("$scenario.situation | $verb | $expected.outcome", async (row) => {
    const seen = await theatre.observe(row);
    outcomes.push(seen.reaction.outcome);
    expect(seen.reaction).toEqual(row.expected);
    for (const [law, breachesOf] of Object.entries(laws)) {
      expect({ law, breaches: breachesOf(row, seen) }).toEqual({ law, breaches: [] });
    }
  });
});

itAgreesWithOpenApi(() => theatre);
