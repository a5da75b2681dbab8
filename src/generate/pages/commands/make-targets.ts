/** Reads the targets of Makefiles. */

import { findText, hasText } from '#base/find-text.ts'

const MANY_OF_KIND = 3
const COMPILES = /^\t.{0,400}\$[({](?:AR|CC|CXX|LD)[)}]/m

/** A comment above a target that names it: `## list: Print all targets`. */
const NAMING_COMMENT = /^##[ \t]{1,4}([A-Za-z0-9][\w/-]{0,60}):[ \t]{1,8}(\S.{0,300})$/

/** Target names of a Makefile with their `## …` comments, in order. */
export function readMakeTargets(text: string): [string, string][] {
  const targets = new Map<string, string>()
  const comments = new Map<string, string>()
  for (const line of linesOf(text)) {
    if (line.startsWith('#')) {
      const [, name, words = ''] = NAMING_COMMENT.exec(line) ?? []
      if (name !== undefined) comments.set(name, words)
      continue
    }
    const colon = line.indexOf(':')
    const [rest = '', words = ''] = colon < 0 ? [] : [line.slice(colon + 1).split('##')[0], line.split('##')[1]]
    // Skips `name := value`, `NAME = $(OTHER:.c=.o)`, and `name: VARIABLE = value`, which has no recipe.
    if (colon < 1 || /^\s/.test(line) || line.slice(0, colon).includes('=') || /^[:=]|^\s*\w+\s*[:+?]?=/.test(rest))
      continue
    for (const name of line.slice(0, colon).trim().split(/\s+/))
      if (/^[A-Za-z0-9][\w/-]{0,60}$/.test(name) && !targets.has(name))
        targets.set(name, words.replace(/^#+/, '').trim() || (comments.get(name) ?? ''))
  }
  return onePerKind([...targets])
}

const WORK =
  /^(?:b(?:ench|ootstrap|uild)|c(?:heck|i$|lean|ompile|ov)|d(?:ebug$|ep(?:s|endencies)$|ev|ist|oc)|e2e|fmt|format|fuzz|html$|install|integration|lint|mypy|package$|py(?:lint|test)|release|ruff|run|serve|setup|start|style|test|tidy|tox|type|uninstall|unit|up$|vet$|verify|watch)/i
/** Matches the first word of a recipe that builds, tests or checks code. */
const TOOL =
  /^(?:\$[({](?!MAKE[)}])|(?:\.\/)?(?:black|bun|bundle|c?make|cargo|clang|configure|composer|coverage|ctest|deno|docker|dotnet|dune|eslint|flake8|g\+\+|gcc|go|gofmt|golangci-lint|goreleaser|gradlew?|isort|javac|jest|luarocks|meson|mix|mkdocs|mvnw?|mypy|ninja|nox|npm|npx|pest|php(?:cs|stan|unit)|pip3?|pint|pnpm|podman|poetry|pre-commit|prettier|psalm|pytest|python3?|rake|rspec|rubocop|ruff|sbt|sphinx-build|swift|tox|tsc|uv|vitest|yarn|zig)(?:\s|$))/

/** Matches targets and commands that publish. */
export const PUBLISHES = /(?:^|[-_/:])(?:publish\w*|releases?|upload\w*|deploy\w*|twine|codecov|push)(?=$|[-_/:])/i
export const SENDS =
  /\b(?:twine upload|npm publish|cargo publish|gem push|git push|docker push|gh release|goreleaser|codecov|git tag|r?scp)\b/
/** Matches commands that change the code. */
const FIXES = /\bphpcbf\b|\s--(?:fix|write|autocorrect|auto-correct)\b/
/** Matches tools that change code with a flag. */
const FIXERS = /\b(?:rubocop|gofmt|goimports|gofumpt|clang-format)\b/
const IN_PLACE = /\s-(?:[aAiw])\b/
/** Matches tools that change code unless a flag forbids it. */
const FORMATS = /\b(?:black|isort|(?:cargo|go|ruff|dotnet|mix) (?:fmt|format))\b/
const ONLY_CHECKS = /--(?:check|diff|verify)/
const rewritesCode = (run: string): boolean =>
  FIXES.test(run) || (FIXERS.test(run) && IN_PLACE.test(run)) || (FORMATS.test(run) && !ONLY_CHECKS.test(run))
/** Matches recipes that list the targets. */
const LISTS = /MAKEFILE_LIST|\bgrep\b.{0,80}##|make -pR|--list\b/
const MIN_ECHOES = 3
const MAX_NEEDED = 3
/** Limit on the characters of a command that is shown. */
const MAX_CHARACTERS = 60

/** A command of a Makefile with its comment or what it runs. */
export interface MakeTarget {
  name: string
  words: string
  runs: string
  /** Whether it builds a test program without running it. */
  isProgram: boolean
  /** Whether it runs tox or nox, which need a file of their own. */
  needs: 'tox' | 'nox' | undefined
}

/**
 * The targets that build, test, check, install or clean the program, judging by name, recipe or prerequisites; other targets make
 * data. Targets that publish are for maintainers, and targets that are only prerequisites are not commands.
 */
export function workTargets(text: string): MakeTarget[] {
  const recipes = recipesOf(text)
  const variables = variablesOf(text)
  const isNamed = (name: string): boolean => name.split(/[-_/]/).some((word) => WORK.test(word))
  const compiles = COMPILES.test(text.slice(0, MAX_TEXT))
  const works = new Set(
    [...recipes].flatMap(([name, { needs, runs }]) =>
      isNamed(name) ||
      (compiles && /^(?:all|default)$/.test(name) && needs.some((one) => one.startsWith('$'))) ||
      runs.some((run) => TOOL.test(run) || TOOL.test(withoutPath(run)))
        ? [name]
        : [],
    ),
  )
  const rewrites = new Set([...recipes].flatMap(([name, { runs }]) => (runs.some(rewritesCode) ? [name] : [])))
  // A few rounds are enough, since chains of targets are short.
  for (let round = 0; round < 4; round++)
    for (const [name, { needs }] of recipes) {
      if (needs.some((one) => works.has(one) || (!recipes.has(one) && isNamed(one)))) works.add(name)
      if (needs.some((one) => rewrites.has(one))) rewrites.add(name)
    }
  const needed = new Set([...recipes.values()].flatMap(({ needs }) => needs))
  const isRun = (name: string): boolean =>
    [...recipes].some(([target, { runs }]) =>
      runs.some(
        (run) =>
          !/^(?:echo|printf)\b/.test(run) &&
          (hasText(run, `./${name}`) || (target === name && /\.\/\$(?:@|\(@\))/.test(run))),
      ),
    )
  const programs = new Set(
    [...recipes].flatMap(([name, { runs }]) => (isTestProgram(name, runs) && !isRun(name) ? [name] : [])),
  )
  const isInternal = (name: string, words: string): boolean =>
    words === '' &&
    ((needed.has(name) && /[-_]/.test(name) && !programs.has(name)) || makesOnly(recipes.get(name), programs))
  const targets = readMakeTargets(text)
    .filter(([name]) => works.has(name) || !recipes.has(name))
    .filter(([name]) => !PUBLISHES.test(name) && recipes.get(name)?.runs.some((run) => SENDS.test(run)) !== true)
    .filter(([name, words]) => !isInternal(name, words) && (words !== '' || !rewrites.has(name)))
    .map(([name, words]): MakeTarget => {
      const { needs, runs } = recipes.get(name) ?? { needs: [], runs: [] }
      const made = needs.map((one) => filled(one, variables))
      const isNamed =
        runs.length === 0 && made.length > 0 && made.length <= MAX_NEEDED && /^(?:all|default)$/.test(name)
      const line = isNamed && !made.join().includes('$') ? made.join(', ') : runLine(runs, variables)
      // A truncated command would be of little use.
      const isShown = words === '' && line.length <= MAX_CHARACTERS && !programs.has(name)
      const needed = (['tox', 'nox'] as const).find((one) => runs.some((run) => run.split(/\s/, 1)[0] === one))
      return {
        ...{ name, words, runs: isShown ? line : '', isProgram: programs.has(name) },
        needs: needed,
      }
    })
  return targets.every(({ name }) => /^(?:dist)?clean$/.test(name)) ? [] : targets
}

/** Whether a target builds a test program: `orbit-test` with `cc -o orbit-test`. */
function isTestProgram(name: string, runs: readonly string[]): boolean {
  return (
    /(?:^|[-_/])tests?(?=$|[-_])/.test(name) &&
    runs.some((run) => / -o (\S+)/.exec(run)?.[1]?.replace(/^\$@$/, name) === name)
  )
}

/** Whether a target only has these prerequisites and no recipe. */
const makesOnly = (recipe: { needs: string[]; runs: string[] } | undefined, names: ReadonlySet<string>): boolean =>
  recipe !== undefined &&
  recipe.runs.length === 0 &&
  recipe.needs.length > 0 &&
  recipe.needs.every((one) => names.has(one))

/** The command of a recipe; empty if there is more than one, or if it is not that of a known tool. */
function runLine(runs: readonly string[], variables: ReadonlyMap<string, string>): string {
  const stated = runs
    .map((run) => filled(run, variables))
    .filter((run) => !/^(?:echo|printf|mkdir|true|:)(?=\s|$)/.test(run))
  const isTool = (run: string): boolean => TOOL.test(run) || TOOL.test(withoutPath(run))
  const isUnclear = stated.some(
    (run) => run.endsWith('\\') || UNKNOWN_COMMAND.test(run) || (!isTool(run) && /[$\\]|^(?:for|if|while)\b/.test(run)),
  )
  const [only, ...more] = stated
  return only === undefined || more.length > 0 || isUnclear || !(isTool(only) || only.startsWith('./'))
    ? ''
    : typedOnly(only.replace(UNSET, ''))
}

/** Empty for a command with a variable of `make`, such as `$(QUIET)test/run.sh`. */
const typedOnly = (run: string): string => (/\$[({]/.test(run) ? '' : run)

/** The command that lists the targets, or `undefined`. */
export function listingTarget(text: string): string | undefined {
  const recipes = recipesOf(text)
  const isList = (name: string | undefined, left = MAX_NEEDED): boolean => {
    const { runs, needs } = recipes.get(name ?? '') ?? { runs: [], needs: [] }
    if (runs.some((run) => LISTS.test(run))) return true
    if (runs.filter((run) => /^(?:echo|printf)\b.*\bmake\b/.test(run)).length >= MIN_ECHOES) return true
    return left > 0 && runs.length === 0 && needs.length === 1 && isList(needs[0], left - 1)
  }
  if (isList(goalOf(text, recipes))) return 'make'
  return isList('help') ? 'make help' : undefined
}

/** The default target; `undefined` if there is none, or if it does nothing or publishes. */
export function defaultTarget(text: string): { name: string; needs: readonly string[] } | undefined {
  const recipes = recipesOf(text)
  const name = goalOf(text, recipes)
  const { runs = [], needs = [] } = (name === undefined ? undefined : recipes.get(name)) ?? {}
  const isWork = name !== undefined && runs.length + needs.length > 0 && !PUBLISHES.test(name)
  return isWork && !runs.some((run) => SENDS.test(run)) ? { name, needs } : undefined
}

function goalOf(text: string, recipes: ReadonlyMap<string, unknown>): string | undefined {
  const [, goal] = /^\.DEFAULT_GOAL\s{0,8}:?=\s{0,8}([\w-]{1,60})\s*$/m.exec(text.slice(0, MAX_TEXT)) ?? []
  const [first] = recipes.keys()
  // A hidden default, which is not meant to be typed: `_no-target:`.
  const [, hidden] = /^(_[\w-]{1,60}):(?![:=])/m.exec(text.slice(0, MAX_TEXT)) ?? []
  const isFirst = hidden !== undefined && !(findText(text, `\n${first}:`) < findText(text, `\n${hidden}:`))
  return goal ?? (isFirst ? hidden : first)
}

/** Whether a rule matches every name: `%:`. */
export const makesAnything = (text: string): boolean => /^%\s{0,8}:(?!=)/m.test(text.slice(0, MAX_TEXT))

/** Matches an argument with an unset variable. */
const UNSET = /\s\S{0,60}\$[({]\w{1,60}[)}]\S{0,60}/g
/** Matches a command with an unset variable as its name, after another command. */
const UNKNOWN_COMMAND = /(?:&&|[;|])\s{0,9}\$[({]/
const MAX_TEXT = 200_000

/** The lines of a Makefile; the lines of one rule or variable are joined. */
function linesOf(text: string): string[] {
  const lines: string[] = []
  let isContinued = false
  for (const line of text.slice(0, MAX_TEXT).split(/\r?\n/)) {
    const goesOn: boolean = line.endsWith('\\') && (isContinued || !line.startsWith('\t'))
    const own = goesOn ? line.slice(0, -1).trimEnd() : line
    if (isContinued) lines[lines.length - 1] += ` ${own.trim()}`
    else lines.push(own)
    isContinued = goesOn
  }
  return lines
}

/** The prerequisites and commands of each target. */
function recipesOf(text: string): Map<string, { needs: string[]; runs: string[] }> {
  const recipes = new Map<string, { needs: string[]; runs: string[] }>()
  let open: string[] = []
  let conditions = 0
  for (const line of linesOf(text)) {
    if (/^\s{0,20}ifn?(?:eq|def)\b/.test(line)) conditions++
    else if (/^\s{0,20}endif\b/.test(line)) conditions--
    const [, names, needs] = /^([A-Za-z0-9][\w/ -]{0,200}):(?![=:])([^=]{0,4000})$/.exec(line.split('#')[0] ?? '') ?? []
    if (names !== undefined) {
      open = names.trim().split(/\s+/)
      for (const name of open) {
        const known = recipes.get(name)
        // Prerequisites that a setting adds are not always built.
        const more = (conditions > 0 ? '' : (needs ?? ''))
          .trim()
          .split(/\s+/)
          .filter((one) => one !== '')
        recipes.set(name, { needs: [...(known?.needs ?? []), ...more], runs: known?.runs ?? [] })
      }
    } else if (/^\t/.test(line)) {
      const run = line.trim().replace(/^[@+-]{1,3}\s{0,8}/, '')
      for (const name of open) recipes.get(name)?.runs.push(run)
    } else if (line.trim() !== '') open = []
  }
  return recipes
}

/** Literal values of variables: `VENV = venv`, `BIN = $(VENV)/bin`. */
function variablesOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of linesOf(text)) {
    const [, name, value] = /^([A-Za-z_]\w{0,60})\s{0,8}[:?]?=\s{0,8}([\w./$(){} -]{1,120})$/.exec(line.trimEnd()) ?? []
    if (name !== undefined && value !== undefined && !/\$[({]\w+ /.test(value)) found.set(name, value.trim())
  }
  return found
}

/** Removes the folder of a program: `venv/bin/python -m x` runs `python`. */
const withoutPath = (run: string): string => run.replace(/^[\w.-]{1,40}(?:\/[\w.-]{1,40}){0,6}\/(?=\w)/, '')

/** Variables that `make` predefines. */
const BUILT_IN = new Map([
  ['MAKE', 'make'],
  ['RM', 'rm -f'],
])

/** Replaces variables by their values, which may contain other variables. */
function filled(run: string, variables: ReadonlyMap<string, string>): string {
  let whole = run
  for (let round = 0; round < 3 && whole.includes('$'); round++)
    whole = whole
      .replace(/\$[({](\w{1,60})[)}]/g, (all, name: string) => variables.get(name) ?? BUILT_IN.get(name) ?? all)
      .slice(0, 400)
  return whole
}

/** Keeps only the last of targets that differ in a version: `build38`, `build39`, `build310`. */
function onePerKind(targets: [string, string][]): [string, string][] {
  const last = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const [name] of targets) {
    last.set(stemOf(name), name)
    counts.set(stemOf(name), (counts.get(stemOf(name)) ?? 0) + 1)
  }
  return targets.filter(([name]) => (counts.get(stemOf(name)) ?? 0) < MANY_OF_KIND || last.get(stemOf(name)) === name)
}

/** Removes a version at the end of a name. */
function stemOf(name: string): string {
  let end = name.length
  if (/\d$/.test(name)) while (end > 0 && /[\d._-]/.test(name[end - 1] ?? '')) end--
  return name.slice(0, end)
}
