/** What CI runs to build and test: the best evidence of how that is done. */

import type { Writing } from './writing.ts'

export interface CiCommands {
  path: string
  lines: string[]
}

const MAX_LINES = 6
const MAX_FILES = 2
/** Tools that build, check or test code, with what says that they are run for that. */
const BUILDS =
  /^(?:npm (?:test|run [\w:-]+)|(?:pnpm|yarn|bun) (?:run )?(?:build|check|ci|coverage|lint|test|typecheck)\b|cargo (?:build|check|clippy|fmt|nextest|test)\b|go (?:build|test|vet)\b|(?:(?:uv|poetry|pdm|hatch) run |python3? -m )?(?:mypy|nox|pytest|tox|unittest)\b|make(?: |$)|cmake |ctest\b|meson |ninja\b|\.\/configure|(?:mvn|\.\/mvnw|gradle|\.\/gradlew) |dotnet (?:build|test)\b|bundle exec |rake |composer |(?:\.\/)?vendor\/bin\/|mix (?:compile|format|test)|swift (?:build|test)\b|sbt |stack |cabal |dune |zig build|deno (?:lint|task|test)\b)/
const TESTS =
  /\b(?:ctest|nextest|nox|pytest|rspec|spec|tests?|tox|unittest|verify)\b|^(?:make|gradle|\.\/gradlew) .*\bcheck\b/i
/** What only a job of CI has, a shell's own writing, or what is cut. */
const UNFIT = /[<>|`;&{}()\\"'…]|\bsudo\b/
const MAX_LINE = 160
const RANK_ASIDE = 3

/** Of the workflows that test, without what needs a variable of theirs. */
export function ciCommands({ analysis, survey }: Writing, isTold: (line: string) => boolean): CiCommands[] {
  const files = new Map<string, string[]>()
  for (const { kind, file, name } of analysis.artifacts.nodes) {
    if (kind !== 'command' || name.length > MAX_LINE || UNFIT.test(name)) continue
    const line = plainOf(name)
    if (isChosenBeside(line, survey.files.get(file)?.text ?? '')) continue
    const lines = files.get(file) ?? []
    if (BUILDS.test(line) && !lines.includes(line)) files.set(file, [...lines, line])
  }
  return [...files]
    .filter(([path, lines]) => rankOfWorkflow(path) < RANK_ASIDE && lines.some((line) => TESTS.test(line)))
    .sort(([a], [b]) => rankOfWorkflow(a) - rankOfWorkflow(b))
    .map(([path, lines]) => ({ path, lines: lines.filter((line) => !isTold(line)).slice(0, MAX_LINES) }))
    .filter(({ lines }) => lines.length > 0)
    .slice(0, MAX_FILES)
}

/** Tools whose work a variable chooses, with the option that does it in a command. */
const CHOOSERS = [
  [/^(?:\S+ (?:run |-m ))?tox\b/, /\s(?:-e|-m|-f|--env)\b/, /\bTOX_?ENV\b/],
  [/^(?:\S+ (?:run |-m ))?nox\b/, /\s(?:-s|-t|-k|--session)/, /\bNOXSESSION\b/],
] as const

/** What it does is set by a variable of the job: without it, it does something else. What only prepares for another step does nothing. */
function isChosenBeside(line: string, workflow: string): boolean {
  return CHOOSERS.some(
    ([tool, option, variable]) =>
      tool.test(line) && !option.test(line) && (variable.test(workflow) || /\s--(?:notest|install-only)\b/.test(line)),
  )
}

/** Workflows that test first, then those that build or check; of what releases or tidies up nobody asks first. */
export function rankOfWorkflow(words: string): number {
  const name = words.toLowerCase().split('/').at(-1) ?? ''
  if (/\b(?:release|publish|deploy|docs?|label\w*|stale|bench\w*|homebrew|codeql)\b/.test(name)) return RANK_ASIDE
  return /\b(?:tests?|ci|unit|appveyor|gitlab-ci)\b/.test(name)
    ? 0
    : /\b(?:build|check|coverage|lint|main|verify)\b/.test(name)
      ? 1
      : 2
}

/** Without the options that a variable of the job fills: `--version-suffix %BUILD%`, `/p:Target=$TARGET`. */
function plainOf(line: string): string {
  const words: string[] = []
  for (const word of line.split(' ')) {
    if (!/\$|%\w+%/.test(word)) words.push(word)
    else if (/^--?[\w-]+$/.test(words.at(-1) ?? '') && !word.startsWith('-')) words.pop()
  }
  return words.join(' ')
}
