/** Chooses the targets of a Makefile that readers run. */

import { hasText } from '#base/find-text.ts'
import { compilesCode, filled, goalOf, type MakeRule, readMakeTargets, recipesOf, variablesOf } from './makefile.ts'

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
  const compiles = compilesCode(text)
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
        name,
        words,
        runs: isShown ? line : '',
        isProgram: programs.has(name),
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
const makesOnly = (recipe: MakeRule | undefined, names: ReadonlySet<string>): boolean =>
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
    : withoutUnset(only)
}

/** Empty for a command that needs an unset variable: `$(QUIET)test/run.sh`, `docker build -t $(IMAGE) .`. */
function withoutUnset(run: string): string {
  const plain = run.replace(UNSET_OPTIONS, '')
  const typed = plain.replace(UNSET, '')
  return UNSET_VALUE.test(plain) || /\$[({]/.test(typed) ? '' : typed
}

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

/** Matches an argument with an unset variable, and one that is the value of the option before it. */
const UNSET = /\s\S{0,60}\$[({]\w{1,60}[)}]\S{0,60}/g
const UNSET_VALUE = /\s-[\w-]{1,30}\s{1,3}["']?\$[({]\w{1,60}[)}]/
/** Matches an unset variable with further options, without which a command is whole. */
const UNSET_OPTIONS = /\s\$[({]\w{0,60}(?:args|flags|options|opts)[)}](?=\s|$)/gi
/** Matches a command with an unset variable as its name, after another command. */
const UNKNOWN_COMMAND = /(?:&&|[;|])\s{0,9}\$[({]/

/** Removes the folder of a program: `venv/bin/python -m x` runs `python`. */
const withoutPath = (run: string): string => run.replace(/^[\w.-]{1,40}(?:\/[\w.-]{1,40}){0,6}\/(?=\w)/, '')
