/** What CI runs to build and test: the best evidence of how that is done. */

import type { Survey } from '#generate/pages/survey.ts'
import type { Writing } from '#generate/pages/writing.ts'

export interface CiCommands {
  path: string
  lines: string[]
}

const MAX_FILES = 2
/** Tools that build, check or test code, with what says that they are run for that. */
const BUILDS =
  /^(?:npm (?:test|run [\w:-]+)|(?:pnpm|yarn|bun) (?:run )?(?:build|check|ci|coverage|lint|test|typecheck)\b|cargo (?:build|check|clippy|fmt|nextest|test)\b|go (?:build|test|vet)\b|(?:(?:uv|poetry|pdm|hatch) run |python3? -m )?(?:mypy|nox|pytest|tox|unittest)\b|make(?: |$)|cmake |ctest\b|meson |ninja\b|\.\/configure|(?:mvn|\.\/mvnw|gradle|\.\/gradlew) |dotnet (?:build|test)\b|bundle exec |rake |composer |(?:\.\/)?vendor\/bin\/|mix (?:compile|format|test)|swift (?:build|test)\b|sbt |stack |cabal |dune |zig build|deno (?:lint|task|test)\b)/
const TESTS =
  /\b(?:ctest|minitest|nextest|nox|pest|phpunit|pytest|rspec|spec|tests?|tox|unittest|verify|vitest)\b|^(?:make|gradle|\.\/gradlew) .*\bcheck\b/i
/** What only a job of CI has, a shell's own writing, or what is cut. */
const UNFIT = /[<>|`;&{}()\\"'…]|\bsudo\b/
/** Sends what it makes to others: `tox -e release`, `npm run publish`, `make deploy`. */
const PUBLISHES =
  /(?:^|[\s:])(?:deploy|publish\w*|twine|upload)(?=$|[\s:,])|(?:^(?:bundle exec )?(?:make|rake)|\s(?:run|task|-[es])|[\s:]\w+:)[\s=:]*release(?=$|[\s:,])/
const MAX_LINE = 160
/** Lines of a step, and characters in which a workflow sets what holds for all. */
const MAX_STEP = 60
const MAX_DEFAULTS = 20_000
const WORKS_IN = /\bworking[-_]?directory: *["']?(?!["']?\.\/?["']?\s*$)\S/im
const STEP_FOLDER = /\bworking-directory: *["']?((?:\.\/)?[\w./-]{1,80})["']?\s*$/m
const CHANGES_FOLDER = /(?:^|[\s;&|])(?:cd|pushd) /
const RANK_ASIDE = 3

/** Of the workflows that test, without what needs a variable of theirs. */
export function ciCommands({ analysis, survey }: Writing, isTold: (line: string) => boolean): CiCommands[] {
  const files = new Map<string, string[]>()
  for (const { kind, file, name, startLine } of analysis.artifacts.nodes) {
    if (kind !== 'command' || name.length > MAX_LINE || UNFIT.test(name)) continue
    const text = survey.files.get(file)?.text ?? ''
    const plain = name.trim()
    if (!BUILDS.test(plain) || PUBLISHES.test(plain) || isFilled(plain) || isChosenBeside(plain, text)) continue
    const folder = isElsewhere(text, startLine) ? moduleOf(survey, text, startLine) : ''
    if (folder === undefined || (folder !== '' && !plain.startsWith('go '))) continue
    const line = folder === '' ? plain : `cd ${folder} && ${plain}`
    const lines = files.get(file) ?? []
    if (!lines.includes(line)) files.set(file, [...lines, line])
  }
  return [...files]
    .filter(([path, lines]) => rankOfWorkflow(path) < RANK_ASIDE && lines.some((line) => TESTS.test(line)))
    .sort(([a], [b]) => rankOfWorkflow(a) - rankOfWorkflow(b))
    .map(([path, lines]) => ({ path, lines: lines.filter((line) => !isTold(line)) }))
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

/** A file of CI whose first comment says that it does nothing any more. */
export function isDisabled(text: string | null): boolean {
  const head: string[] = []
  for (const line of (text ?? '').slice(0, 2_000).split('\n')) {
    if (!/^\s*(?:#|$)/.test(line)) break
    head.push(line.replace(/^\s*#+/, ''))
  }
  return DISABLED.test(head.join(' '))
}

const DISABLED =
  /\b(?:does nothing|do nothing|is (?:currently |now |temporarily )?(?:disabled|unused|obsolete)|(?:no longer|not) (?:in use|used|active)|currently unused)\b/i

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

/** With a variable of the job, it is another command wherever there is none: `ctest -C $BUILD_TYPE`, `/p:Target=%TARGET%`. */
function isFilled(line: string): boolean {
  return line.split(' ').some((word) => /\$|%\w+%/.test(word))
}

/** The folder of a module of Go that the setting of a step names: its commands are for that module alone. */
function moduleOf(survey: Survey, text: string, line: number): string | undefined {
  const lines = text.split('\n', line + MAX_STEP)
  const [, named] = STEP_FOLDER.exec(lines.slice(...stepRange(lines, line)).join('\n')) ?? []
  const folder = named?.replace(/^\.\//, '').replace(/\/$/, '')
  return folder !== undefined && survey.files.has(`${folder}/go.mod`) ? folder : undefined
}

/** It runs in another folder than that of the repository: by a setting of its step or of all, or by a `cd` above it. */
function isElsewhere(text: string, line: number): boolean {
  if (WORKS_IN.test(text.slice(0, MAX_DEFAULTS)) && text.indexOf('defaults:') >= 0) return true
  const lines = text.split('\n', line + MAX_STEP)
  const [from, to] = stepRange(lines, line)
  const above = lines.slice(from, line)
  return above.some((one) => CHANGES_FOLDER.test(one)) || lines.slice(from, to).some((one) => WORKS_IN.test(one))
}

/** The lines of the step around a line, the second excluded. */
function stepRange(lines: readonly string[], line: number): [number, number] {
  const isItem = (at: number): boolean => /^\s*- /.test(lines[at] ?? '')
  let from = line - 1
  while (from > 0 && line - from < MAX_STEP && !isItem(from)) from--
  let to = line
  while (to < lines.length && !isItem(to)) to++
  return [from, to]
}
