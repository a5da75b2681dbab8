/**
 * Finds the commands by which CI builds, tests and checks the repository. They are the repository's own, so they replace the
 * usual ones of a tool.
 */

import type { Artifact } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import type { Command } from './command.ts'
import { isCommand } from './is-command.ts'

/** The commands of one CI file, keyed by tool. */
export interface CiCommands {
  path: string
  commands: Command[]
}

/** Limit on the commands of one tool. */
const MAX_COMMANDS = 5
const MAX_LINE = 90
/** Matches the names of workflows for maintainers; `discovery.yml` and `composite.yml` are not. */
const FOR_MAINTAINERS =
  /(?<![a-z])(?:(?:micro)?bench|cover|(?:web)?site)|code-?(?:ql|scan)|deploy|docs?\b|fuzz|nightly|publish|release|snapshot|sonar/i
/** Matches commands that build, test or check, and those that install dependencies of these. */
const WORKS =
  /\b(?:build|check|clippy|compile|develop|lint|mypy|nextest|package|pytest|rspec|ruff|spec|tests?|testing|tox|verify|vet)\b|^dotnet restore\b|^(?:poetry|bundle|composer) install\b|^uv sync\b|^pip install (?:-e \.|-r |\.)/
/** Matches what only CI or maintainers run: coverage, formatting, publishing, examples, other platforms and toolchains, tests of one package, builds without tests. */
const FOR_CI =
  /\+(?:beta|nightly|\d)|--target\b|^cargo .*--features\b|\s-Z\b|^cargo run\b|(?<!-)\b(?:bench|benches|cov|coverage|coveralls|deploy|docs?|doc|fmt|format|fuzz|lcov|miri|publish|release|tarpaulin|upload)\b|--(?:cov|coverage)\b|-coverprofile|\bgit\b|\bexamples?\/|^cargo install\b|^go (?:get|install)\b|^(?:python3? -m |uv )?pip3? install (?!-e |-r |\.)|^go test (?:-\S{1,40} ){0,6}\.\/\w[\w/-]{0,80}$|\s-x :?\w{0,60}test\b|\s-D(?:maven\.test\.skip|skipTests)\b(?!=false)/
/** Matches commands that install a tool: `uv tool install tox`. */
const INSTALLS_TOOL =
  /^(?:brew|dotnet tool|gem|opam|pipx|rustup \w{1,20}|uv tool) (?:add|install|update)\b|^(?:bun|npm|pnpm|yarn)(?: global)? (?:add|i|install)(?: -\S{1,30}){0,4} (?!-)/
const INSTALLS = /\b(?:install|restore|sync)\b/
/** Matches a step that relies on `dotnet restore` before it. */
const IS_RESTORED = /^dotnet .{0,80}--no-restore\b/
/** Matches commands that run tests, as builds with Gradle and Maven also do; tox may only check types. */
const TESTS =
  /(?<!-)\b(?:ctest|nextest|pytest|rspec|spec|tests?|tox(?! .{0,40}-e ?(?:docs?|lint|style|typing)\b)|verify)\b|^(?:gradle|\.\/gradlew) .{0,60}\b(?:build|check)\b|^(?:mvn|\.\/mvnw) .{0,60}\b(?:install|package)\b/
/** Tools that serve one language or build; any of them shows how CI works with it. */
const FAMILIES: readonly (readonly [tool: string, words: RegExp])[] = [
  ['python', /^(?:hatch|nox|pdm|pip3?|poe|poetry|pytest|python3?|tox|uvx?)$/],
  ['gradle', /^(?:gradle|\.\/gradlew)$/],
  ['mvn', /^(?:mvn|\.\/mvnw)$/],
  ['cmake', /^(?:cmake|ctest)$/],
  ['autotools', /^(?:\.\/(?:autogen\.sh|bootstrap|configure)|autoreconf)$/],
  ['ruby', /^(?:bundle|rake|rspec|(?:bin\/)?rails)$/],
]

/** The tool that a command line runs; the tools of one language count as one. */
export function toolOf(line: string): string {
  const word = (/^(?:cd \S{1,80} && )?(\S{0,80})/.exec(line)?.[1] ?? '').trim()
  return FAMILIES.find(([, words]) => words.test(word))?.[0] ?? word
}

const known = new WeakMap<Writing, Map<string, CiCommands | null>>()

/**
 * The commands of CI, keyed by tool; `null` for a tool that CI runs only in a form that cannot be typed, such as with variables.
 * A tool without an entry is not used by CI.
 */
export function ciCommands(writing: Writing): ReadonlyMap<string, CiCommands | null> {
  const found = known.get(writing) ?? findCommands(writing)
  known.set(writing, found)
  return found
}

/** Whether CI tests the repository with commands that it states. */
export function isTestedByCi(writing: Writing): boolean {
  return [...ciCommands(writing).values()].some((one) => one !== null)
}

function findCommands(writing: Writing): Map<string, CiCommands | null> {
  const { analysis, repo } = writing
  const hasFile = (path: string): boolean => repo.files.has(path)
  const folders = [...repo.folders.keys()]
  const hasPath = (path: string): boolean =>
    hasFile(path) || folders.some((one) => one === path || one.startsWith(`${path}/`))
  const triggers = new Map(
    analysis.artifacts.nodes.flatMap(({ kind, file, triggers }) => (kind === 'workflow' ? [[file, triggers]] : [])),
  )
  const isForChanges = (file: string): boolean =>
    !FOR_MAINTAINERS.test(nameOf(file)) &&
    (triggers.get(file)?.some(({ on }) => on === 'push' || on === 'pull_request' || on === 'call') ?? true)
  const nodes = analysis.artifacts.nodes
    .filter(({ kind, file }) => kind === 'command' && isForChanges(file))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.startLine - b.startLine))
  const byTool = new Map<string, CiCommands[]>()
  const moved = new Set<string>()
  for (const node of nodes) {
    const step = node.id.replace(/\.\d+(?:~\d+)?$/, '')
    if (/^(?:cd|pushd)\b/.test(node.name)) moved.add(step)
    const tool = toolOf(node.name)
    const files = byTool.get(tool) ?? []
    byTool.set(tool, files)
    const line = node.name
    const isElsewhere = [...line.matchAll(PATH_OPTION)].some(([, path = '']) => !hasPath(path))
    if (moved.has(step) || isElsewhere || !isTyped(node, line, hasFile)) continue
    const last = files.at(-1)
    const own = last?.path === node.file ? last : { path: node.file, commands: [] }
    if (own !== last) files.push(own)
    const same = own.commands.find((one) => verbOf(one.line) === verbOf(line))
    // Longer variants are special cases, except for installations: the first has what the next commands need.
    if (same !== undefined && line.length < same.line.length && !INSTALLS.test(line)) same.line = line
    else if (same === undefined && own.commands.length < MAX_COMMANDS) own.commands.push({ line, isUsual: true })
  }
  // A command that only builds or lints is one of many CI steps, not how people work with the tool.
  const chosen = (files: readonly CiCommands[]): CiCommands | null =>
    files
      .filter(({ commands }) => commands.some(({ line }) => TESTS.test(line)) && !lacksRestore(commands))
      .sort((a, b) => b.commands.length - a.commands.length)[0] ?? null
  return new Map([...byTool].map(([tool, files]) => [tool, chosen(files)]))
}

const lacksRestore = (commands: readonly Command[]): boolean =>
  commands.some(({ line }) => IS_RESTORED.test(line)) && !commands.some(({ line }) => line.startsWith('dotnet restore'))

/** Matches an option for a file or folder, which may be one of another repository that CI checks out: `--package-path orbit`. */
const PATH_OPTION = / --[a-z-]{0,40}path[ =](?:\.\/)?([\w-][\w./-]{0,200}?)\/?(?= |$)/g

/** Whether a reader can type a command at the top of a checkout. */
function isTyped({ folder, more, isVaried }: Artifact, line: string, hasFile: (path: string) => boolean): boolean {
  return (
    (folder === undefined || folder === '.' || folder === './') &&
    more === undefined &&
    isVaried === undefined &&
    line.length <= MAX_LINE &&
    !line.endsWith('…') &&
    WORKS.test(line) &&
    !FOR_CI.test(line) &&
    !INSTALLS_TOOL.test(line) &&
    isCommand(line, hasFile)
  )
}

/** A command without its options except the package, to find variants of it: `cargo test`, `poetry run pytest`. */
function verbOf(line: string): string {
  const words = line.split(/\s+/).filter((word) => !word.startsWith('-'))
  const [of = ''] = / (?:-p|--package)[ =]\S{1,60}/.exec(line) ?? []
  return words.slice(0, words[1] === 'run' || words[1] === 'exec' ? 3 : 2).join(' ') + of
}
