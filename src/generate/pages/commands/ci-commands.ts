/** Finds the test commands of CI: the steps of one job up to its last test, if users can run all of them. */

import { append } from '#base/long-arrays.ts'
import { type Artifact, compareText } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isOnOthers, isUnderCondition, servicesOf, stepRange } from './ci-jobs.ts'
import { isContinuous, isDisabled, isPublishing, isWork, RANK_ASIDE, rankOfWorkflow } from './ci-purpose.ts'

export interface CiCommands {
  path: string
  /** Name of the job in CI. */
  job: string
  /** Commands in order. */
  lines: string[]
}

const MAX_LINES = 8
const MAX_LINE = 160
const MAX_STEPS = 40
const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/
/** Matches tools that install, build, check or test. */
const WORKS =
  /^(?:npm (?:ci|i|install|test|run [\w:-]+)|(?:pnpm|yarn|bun)(?: (?:i|install|ci|(?:run )?[\w:-]+))?$|cargo (?:build|check|clippy|fmt|nextest|test)\b|go (?:build|generate|mod download|test|vet)\b|(?:python3? -m )?pip3? install |uv (?:sync|pip install |run )|(?:poetry|pdm|hatch) (?:install|sync|run )|(?:python3? -m )?(?:flake8|mypy|nox|pycodestyle|pytest|ruff|tox|unittest)\b|(?:python3? -m )?coverage run\b|make(?: |$)|cmake |ctest\b|meson |ninja\b|\.\/configure|autoreconf\b|(?:mvn|\.\/mvnw|gradle|\.\/gradlew) |dotnet (?:build|restore|test)\b|bundle (?:exec|install)\b|rake\b|composer |(?:\.\/)?vendor\/bin\/|mix |swift (?:build|test)\b|sbt |stack |cabal |dune |zig build|deno (?:lint|task|test)\b)/
export const TESTS =
  /\b(?:ctest|minitest|nextest|(?:nox|tox)(?!\b.{0,60}\s-[es][ =]?(?:docs?|format|lint|mypy|style|types?|typing)\b)|pest|phpunit|pytest|rspec|spec|tests?|unittest|verify|vitest)\b|^(?:make|gradle|\.\/gradlew) .*\bcheck\b/i
/** Matches commands that install a test tool rather than running it. */
const INSTALLS = /^\S+ (?:-m )?(?:pip )?(?:add|ci|i|install|sync)\b/
/** Matches commands that only print something. */
const SAYS = /^(?:echo|printf|cat|ls|pwd|env|uname|true)\b|^\S+ (?:--version|-V|-v)$|^pip3? (?:list|freeze)$/
/** Matches CI expressions, shell syntax, and commands that publish. */
const UNFIT =
  /[<>|`;&{}()\\…$]|%\w+%|\bsudo\b|^(?:cd|pushd)\b|(?:^|[\s:-])(?:deploy|publish\w*|twine|upload)(?=$|[\s:,])|\s(?:-s|--notest|--install-only)\b/
/** Matches actions that check out the code, set up a tool, or cache downloads. */
const PREPARES =
  /^(?:actions\/(?:checkout|cache|setup-[\w-]+)|[\w-]+\/(?:setup-[\w-]+|action-setup|rust-cache|rust-toolchain|toolchain)|graalvm\/setup-graalvm|step-security\/harden-runner|gradle\/wrapper-validation-action|gradle\/actions\/[\w-]+|shivammathur\/setup-php)(?:@|$)/
/** Matches variables that do not affect the build. */
const HARMLESS =
  /^(?:CI|CARGO_(?:INCREMENTAL|NET_\w+|TERM_\w+)|DOTNET_(?:CLI_\w+|NOLOGO|SKIP_\w+)|FORCE_COLOR|NO_COLOR|PIP_\w+|PY_COLORS|PYTHONUNBUFFERED|RUST_BACKTRACE|RUSTFLAGS|RUSTUP_\w+|(?:\w{1,40}_)?COVERAGE|CODECOV_\w+|[A-Z_]{1,40}_TOKEN)$/

/**
 * The commands of the best test workflow; `undefined` if a step needs a matrix value, a secret, a service or an unknown
 * action.
 */
export function ciCommands(writing: Writing): CiCommands | undefined {
  const { analysis, repo } = writing
  const paths = [...repo.files.values()]
    .filter((file) => WORKFLOW.test(file.path) && rankOfWorkflow(file.path) < RANK_ASIDE)
    .filter((file) => isWork(file) && isContinuous(file))
    .filter(({ text }) => !isDisabled(text))
    .map(({ path }) => path)
    .sort((a, b) => rankOfWorkflow(a) - rankOfWorkflow(b) || compareText(a, b))
  for (const path of paths) {
    const source = repo.files.get(path)?.text?.split('\n') ?? []
    const nodes = analysis.artifacts.nodes.filter(({ file }) => file === path)
    const jobs = nodes.filter(({ kind }) => kind === 'job').sort((a, b) => a.startLine - b.startLine)
    if (!isPlain(source.slice(0, (jobs[0]?.startLine ?? 1) - 1), 0)) continue
    for (const job of jobs) {
      const lines = linesOf(source, job)
      if (lines.length > 0) return { path, job: job.name, lines }
    }
  }
  return undefined
}

/** Matches checks, which later steps do not depend on. */
const CHECKS =
  /\b(?:clippy|fmt|format|lint\w*|mypy|style|vet)\b|^(?:npm run|pnpm|yarn|composer|make) (?:check|diff|lint|typecheck)/

/** Commands up to the last test; empty if users cannot run one of them. Conditional checks are left out. */
function linesOf(source: readonly string[], job: Artifact): string[] {
  if (isOnOthers(job) || isPublishing(job.name) || servicesOf(source, job).length > 0) return []
  const first = source.findIndex((line, at) => at >= job.startLine - 1 && /^\s+steps: *$/.test(line))
  if (first === -1 || first >= job.endLine || !isPlain(source.slice(job.startLine - 1, first), 1)) return []
  const lines: string[] = []
  let [tested, isOver] = [0, false]
  for (const [from, to] of stepsOf(source, first + 1, job.endLine)) {
    const whole = source.slice(from, to)
    const folder = folderOf(whole)
    const step = folder === undefined ? whole : whole.filter((line) => !FOLDER.test(line))
    const needed = usedBy(step)
    const own = runOf(step)
    const typed = [...(needed ?? []), ...(own ?? [])].filter((line) => !SAYS.test(line))
    const shown = folder === undefined ? typed : typed.map((line) => `(cd ${folder} && ${line})`)
    if (isUnderCondition(source, from + 1) && typed.every((line) => CHECKS.test(line) || TESTS.test(line))) continue
    isOver ||= needed === undefined || own === undefined || !isPlain(step, 1) || isUnderCondition(source, from + 1)
    isOver ||= typed.some((line) => line.length > MAX_LINE || UNFIT.test(line) || !WORKS.test(line))
    if (isOver) continue
    append(lines, shown)
    if (typed.some((line) => TESTS.test(line) && !INSTALLS.test(line))) tested = lines.length
  }
  return lines.length > MAX_LINES ? [] : [...new Set(lines.slice(0, tested))]
}

const FOLDER = /^\s{1,40}(?:- )?working-directory:\s{1,4}["']?(?:\.\/)?([\w.-][\w./-]{0,80}?)\/?["']?\s{0,4}$/

/** The folder in which a step runs. */
const folderOf = (step: readonly string[]): string | undefined =>
  step.map((line) => FOLDER.exec(line)?.[1]).find((folder) => folder !== undefined)

/**
 * Whether no variable or folder is set that the commands would need. @param depth - Of the lines, 0 for the top of the file.
 */
function isPlain(source: readonly string[], depth: 0 | 1): boolean {
  for (const [at, line] of source.entries()) {
    if (/^\s*(?:- )?(?:defaults|working-directory|shell|container): *\S*/.test(line)) return false
    const [, margin = '', rest = ''] = /^(\s*(?:- )?)env:(.*)$/.exec(line) ?? []
    if (!/^\s*(?:- )?env:/.test(line) || (depth === 0 && margin !== '')) continue
    if (rest.trim() !== '' && !rest.trim().startsWith('#')) return false
    for (const below of source.slice(at + 1)) {
      if (below.trim() === '' || below.trim().startsWith('#')) continue
      if (below.length - below.trimStart().length <= margin.length) break
      const [, name = ''] = /^\s*["']?([\w-]+)["']?:/.exec(below) ?? []
      if (!HARMLESS.test(name)) return false
    }
  }
  return true
}

/** The line ranges of the steps of a job, end exclusive. */
function stepsOf(source: readonly string[], from: number, to: number): [number, number][] {
  const found: [number, number][] = []
  for (let at = from; at < to && found.length < MAX_STEPS; at++) {
    if (!/^\s*- /.test(source[at] ?? '')) continue
    const [, end] = stepRange(source, at + 1)
    found.push([at, Math.min(end, to)])
  }
  return found
}

/** The lines that a step runs; `undefined` for a folded scalar. */
function runOf(step: readonly string[]): string[] | undefined {
  const at = step.findIndex((line) => /^\s*(?:- )?run:/.test(line))
  if (at === -1) return []
  const [, margin = '', rest = ''] = /^(\s*(?:- )?)run:(.*)$/.exec(step[at] ?? '') ?? []
  if (!/^ *[|>]/.test(rest))
    return [
      rest
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2')
        .trim(),
    ]
  if (!/^\|[+-]?$/.test(rest.trim())) return undefined
  const below = step.slice(at + 1)
  const end = below.findIndex((line) => line.trim() !== '' && line.length - line.trimStart().length <= margin.length)
  const lines = (end === -1 ? below : below.slice(0, end)).map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#'))
}

/** The commands that replace the action of a step; `undefined` for an unknown action. */
function usedBy(step: readonly string[]): string[] | undefined {
  const [, action] =
    step.map((line) => /^\s*(?:- )?uses: *["']?([\w./@-]+)/.exec(line)).find((one) => one !== null) ?? []
  if (action === undefined) return []
  if (/^ramsey\/composer-install(?:@|$)/.test(action)) return ['composer install']
  if (/^ruby\/setup-ruby(?:@|$)/.test(action))
    return step.some((line) => /\bbundler-cache: *["']?true/.test(line)) ? ['bundle install'] : []
  return PREPARES.test(action) ? [] : undefined
}
