import { Timeline } from "../../emulator/timeline";

it("lets a timeline catch up in order, with what its tasks schedule", () => {
  const timeline = new Timeline<string>();
  const done: string[] = [];
  timeline.schedule(30, "late");
  timeline.schedule(10, "early");
  timeline.schedule(10, "second at the same time");
  timeline.schedule(99, "never");
  timeline.catchUp(50, (task, at) => {
    done.push(`${at} ${task}`);
    if (task === "early") {
      timeline.schedule(20, "follow-up");
    }
  });
  expect(done).toEqual(["10 early", "10 second at the same time", "20 follow-up", "30 late"]);
});
