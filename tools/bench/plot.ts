import type { Figures } from "./bench";
import type { InstanceStory, ProtectionFigures } from "./protection";

const width = 960;
const margin = { left: 24, right: 24, top: 64 };
const panel = { title: 22, axis: 34 };
const plotWidth = width - margin.left - margin.right;

/** What an instance waits for, from one moment to the next. Colours that people tell apart who see few. */
const phases = [
  { label: "before its validation", colour: "#c8c8c8" },
  { label: "validation, until its PUT", colour: "#0072b2" },
  { label: "PUT and configuring protection", colour: "#56b4e9" },
  { label: "protected, not noticed yet", colour: "#d55e00" },
] as const;

/** The timeline of all runs as SVG: a line an instance, and where its end could have been. */
export function plot({ protection, factor }: Figures): string {
  const lastInMs = Math.max(
    ...protection.flatMap(({ measuredInMs, shortestInMs }) => [measuredInMs, shortestInMs]),
  );
  const x = (milliseconds: number): number => margin.left + (plotWidth * milliseconds) / lastInMs;
  let top = margin.top;
  const panels = protection.map((figures) => {
    const drawn = drawPanel(figures, top, x, lastInMs);
    top += panel.title + heightOf(figures) + panel.axis;
    return drawn;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" ` +
      'font-family="Helvetica, Arial, sans-serif" font-size="12">',
    `<rect width="${width}" height="${top}" fill="#ffffff"/>`,
    drawLegend(factor),
    ...panels,
    "</svg>",
    "",
  ].join("\n");
}

function drawLegend(factor: number): string {
  const pace = factor === 1 ? "" : `; time went ${factor} times as fast as the machine's`;
  const title = text(margin.left, 20, `Seconds of the service's time; a line is a disk${pace}`, "bold");
  let left = margin.left;
  const entries = phases.map(({ label, colour }) => {
    const entry = `<rect x="${left}" y="32" width="12" height="12" fill="${colour}"/>${text(left + 17, 42, label)}`;
    left += 34 + label.length * 6.5;
    return entry;
  });
  const mark = `<line x1="${left}" y1="38" x2="${left + 16}" y2="38" stroke="#000000" stroke-width="2"/>`;
  return [title, ...entries, mark, text(left + 21, 42, "at the earliest")].join("\n");
}

/** Few disks get thick lines, many get thin ones. */
function heightOf({ instanceCount }: ProtectionFigures): number {
  return Math.min(240, Math.max(14, instanceCount * 5));
}

function drawPanel(
  figures: ProtectionFigures,
  top: number,
  x: (milliseconds: number) => number,
  lastInMs: number,
): string {
  const { instanceCount, assignsRoles, parallel, stories, shortestStories } = figures;
  const height = heightOf(figures);
  const body = top + panel.title;
  const lineHeight = height / instanceCount;
  const title =
    `${instanceCount === 1 ? "1 disk" : `${instanceCount} disks`}${assignsRoles ? ", roles assigned by the update" : ""}` +
    `${parallel === undefined ? ", at the engine's default parallelism" : ""}: ` +
    `${inSeconds(figures.measuredInMs)} s, ${figures.ratio.toFixed(2)} of the shortest (${inSeconds(figures.shortestInMs)} s)`;
  const steps = (moments: number[]): string =>
    moments
      .map((at, index) => `L${round(x(at))} ${round(body + index * lineHeight)}v${round(lineHeight)}`)
      .join("");
  const lines = [...stories].sort((one, other) => one.done - other.done);
  const areas = phases.map(
    ({ colour }, phase) =>
      `<path d="M${margin.left} ${body}${steps(lines.map((story) => endsOf(story)[phase]!))}L${margin.left} ${body + height}Z" fill="${colour}"/>`,
  );
  return [
    text(margin.left, top + 14, title, "bold"),
    ...areas.reverse(), // Each reaches from the beginning to the end of its phase, so that none shines through between lines.
    `<path d="${steps(shortestStories).replace("L", "M")}" fill="none" stroke="#000000" stroke-width="2"/>`,
    drawAxis(body + height, x, lastInMs),
  ].join("\n");
}

/** When the phases of an instance end, in their order. */
function endsOf({ validations, put, protected: protectedAt, done }: InstanceStory): number[] {
  return [Math.min(put, ...validations), put, protectedAt, done];
}

function drawAxis(y: number, x: (milliseconds: number) => number, lastInMs: number): string {
  const stepInSeconds = lastInMs > 150_000 ? 20 : 10;
  const ticks = Array.from(
    { length: Math.floor(lastInMs / 1000 / stepInSeconds) + 1 },
    (_, index) => index * stepInSeconds,
  );
  const base = `<line x1="${margin.left}" y1="${y}" x2="${width - margin.right}" y2="${y}" stroke="#808080"/>`;
  const marks = ticks.map((seconds) => {
    const at = round(x(seconds * 1000));
    return (
      `<line x1="${at}" y1="${y}" x2="${at}" y2="${y + 4}" stroke="#808080"/>` +
      `<text x="${at}" y="${y + 16}" text-anchor="middle" fill="#404040">${seconds}</text>`
    );
  });
  return [base, ...marks].join("\n");
}

function text(x: number, y: number, content: string, weight = "normal"): string {
  return `<text x="${x}" y="${y}" font-weight="${weight}" fill="#202020">${content}</text>`;
}

const inSeconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

const round = (pixels: number): number => Math.round(pixels * 100) / 100;
