import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");
const { scripts } = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** Every document of the repository, by its path in it. */
const documents = ["", "docs", "emulator", "examples", "tests/oldState"].flatMap((folder) =>
  readdirSync(path.join(repository, folder), { recursive: folder !== "", encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => path.join(folder, file)),
);

const textOf = (file: string): string => readFileSync(path.join(repository, file), "utf8");
const allIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);

/** What GitHub makes of headings, numbering those of the same name, and the anchors that are written down. */
function anchorsOf(file: string): string[] {
  const slugs = allIn(textOf(file), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
  const numbered = slugs.map((slug, index) => {
    const before = slugs.slice(0, index).filter((other) => other === slug).length;
    return before === 0 ? slug : `${slug}-${before}`;
  });
  return [...numbered, ...allIn(textOf(file), /<a id="([^"]+)">/g)];
}

function isThere(document: string, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? document : path.join(path.dirname(document), file);
  const exists = existsSync(path.join(repository, target));
  return exists && (anchor === undefined || anchorsOf(target).includes(anchor));
}

describe.each(documents)("%s", (document) => {
  it("links to what is there", () => {
    const links = allIn(textOf(document), /\]\(((?!https?:)[^)\s]+)\)/g);
    expect(links.filter((link) => !isThere(document, link))).toEqual([]);
  });

  it("names commands and files that are there", () => {
    const text = textOf(document);
    const commands = allIn(text, /npm run (?:--silent )?([\w:-]+)/g);
    expect(commands.filter((command) => !Object.hasOwn(scripts, command))).toEqual([]);
    const rooms = readdirSync(repository, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const named = allIn(text, /`([\w.]+\/[\w./-]*)`/g).filter((file) =>
      rooms.some(({ name }) => file.startsWith(`${name}/`)),
    );
    expect(named.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
  });
});
