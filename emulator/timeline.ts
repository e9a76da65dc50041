/** Something that will happen. */
export interface Due<Task> {
  dueAt: number;
  task: Task;
}

/**
 * What will happen by itself, in order. Nothing ticks: whoever looks at the state first lets the timeline catch up, so
 * each task meets the state as it was when it fell due.
 */
export class Timeline<Task> {
  private due: Due<Task>[] = [];

  schedule(dueAt: number, task: Task): void {
    let position = this.due.length;
    while (position > 0 && this.due[position - 1]!.dueAt > dueAt) {
      position--;
    }
    this.due.splice(position, 0, { dueAt, task });
  }

  /** What is still to come. */
  upcoming(): Due<Task>[] {
    return [...this.due];
  }

  /** Forgets what is to come, in favour of this. */
  replaceWith(due: readonly Due<Task>[]): void {
    this.due = [...due];
  }

  /** Performs all that fell due up to `now`; a performed task may schedule others. */
  catchUp(now: number, perform: (task: Task, at: number) => void): void {
    while (this.due.length > 0 && this.due[0]!.dueAt <= now) {
      const { dueAt, task } = this.due.shift()!;
      perform(task, dueAt);
    }
  }
}
