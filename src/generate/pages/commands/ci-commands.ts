/** What CI runs to build and test: the best evidence of how that is done. */

import { type Artifact, compareText } from '#generate/model.ts'
import type { Survey } from '#generate/pages/survey.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isOnOthers, isUnderCondition, jobAround, stepRange } from './ci-jobs.ts'
import { isDead, isPublishing, isWork, RANK_ASIDE, rankOfWorkflow } from './ci-purpose.ts'
import { ShellSession } from './shell-session.ts'

export interface CiCommands {
  path: string
  /** In order, behind what their job runs for them. */
  lines: string[]
}

const MAX_FILES = 2
/** Tools that build, check or test code, with what says that they are run for that. */
export const BUILDS =
  /^(?:npm (?:test|run [\w:-]+)|(?:pnpm|yarn|bun) (?:run )?(?:build|check|ci|coverage|lint|test|typecheck)\b|cargo (?:build|check|clippy|fmt|nextest|test)\b|go (?:build|test|vet)\b|(?:(?:uv|poetry|pdm|hatch) run |python3? -m )?(?:mypy|nox|pytest|tox|unittest)\b|make(?: |$)|cmake |ctest\b|meson |ninja\b|\.\/configure|(?:mvn|\.\/mvnw|gradle|\.\/gradlew) |dotnet (?:build|test)\b|bundle exec |rake |composer |(?:\.\/)?(?:vendor\/bin\/|tools\/php)|mix (?:compile|format|test)|swift (?:build|test)\b|sbt |stack |cabal |dune |zig build|deno (?:lint|task|test)\b)/
const TESTS =
  /\b(?:ctest|minitest|nextest|nox|pest|phpunit|pytest|rspec|spec|tests?|tox|unittest|verify|vitest)\b|^(?:make|gradle|\.\/gradlew) .*\bcheck\b/i
/** What only a job of CI has, a shell's own writing, or what is cut. */
const UNFIT = /[<>|`;&{}()\\"'…]|\bsudo\b/
/** Sends what it makes to others: `tox -e release`, `npm run publish`, `make deploy`. */
const PUBLISHES =
  /(?:^|[\s:-])(?:deploy|publish\w*|twine|upload)(?=$|[\s:,])|(?:^(?:bundle exec )?(?:make|rake)|\s(?:run|task|-[es])|[\s:]\w+:)[\s=:]*release(?=$|[\s:,])/
/** Takes in what the commands after it need. */
export const SETUP =
  /^(?:npm (?:ci|i|install)|(?:pnpm|yarn|bun)(?: (?:i|install))?|(?:python3? -m )?pip3? install .*|uv (?:sync|pip install .*)|(?:poetry|pdm|bundle|(?:[\w./-]{1,40}\/)?composer) (?:install|sync|update)|go mod download|dotnet restore|mix deps\.get)(?=$| )/
const UNFIT_SETUP = /[<>|`;&{}()\\$…]|\bsudo\b/
/** Of the tools themselves. */
export const OWN_TOOLS = /\s(?:-g|--global|pip|setuptools|wheel|coveralls|codecov)(?=$|\s)/
/** Writes a report beside what it runs. */
const REPORTS = / --?(?:cov|junit|log|report)[\w-]*(?:=\S+| [\w./-]{1,60}\.(?:html|info|json|txt|xml))?(?=$| )/g
const ASKS_VERSION = / (?:--version|-V)$/
const MAX_SETUP = 2
const MAX_LINE = 160
/** Lines of a step, and characters in which a workflow sets what holds for all. */
const MAX_STEP = 60
const MAX_DEFAULTS = 20_000
const WORKS_IN = /\bworking[-_]?directory: *["']?(?!["']?\.\/?["']?\s*$)\S/im
const STEP_FOLDER = /\bworking-directory: *["']?((?:\.\/)?[\w./-]{1,80})["']?\s*$/m
const CHANGES_FOLDER = /(?:^|[\s;&|])(?:cd|pushd) /

/** What one step of a job runs, in order: the shell is one. */
interface Step {
  key: string
  shell: ShellSession
  /** Lines that went into another folder. */
  moves: number
}

/** Of the workflows that test, each command with what its job does before it, without what needs a variable of theirs or is for other systems. */
export function ciCommands(writing: Writing, isTold: (line: string) => boolean): CiCommands[] {
  const { analysis, survey } = writing
  const isOnGitHub = analysis.artifacts.nodes.some(({ file }) => file.startsWith('.github/workflows/'))
  const files = new Map<string, Artifact[]>()
  for (const node of analysis.artifacts.nodes) {
    if (node.kind !== 'command' || rankOfWorkflow(node.file) >= RANK_ASIDE) continue
    if ((isOnGitHub && isDead(node.file)) || !isWork(survey.files.get(node.file))) continue
    const known = files.get(node.file)
    if (known === undefined) files.set(node.file, [node])
    else known.push(node)
  }
  return [...files]
    .map(([path, nodes]) => commandsOfFile(writing, path, nodes, isTold))
    .filter(({ isTesting, lines }) => isTesting && lines.length > 0)
    .sort((a, b) => rankOfWorkflow(a.path) - rankOfWorkflow(b.path))
    .map(({ path, lines }) => ({ path, lines }))
    .slice(0, MAX_FILES)
}

function commandsOfFile(
  { analysis, survey }: Writing,
  path: string,
  nodes: readonly Artifact[],
  isTold: (line: string) => boolean,
): CiCommands & { isTesting: boolean } {
  const text = survey.files.get(path)?.text ?? ''
  const source = text.split('\n')
  const jobs = analysis.artifacts.nodes.filter(({ kind, file }) => kind === 'job' && file === path)
  // Where all are for other systems, they are the main ones.
  const others = new Set(jobs.some((job) => !isOnOthers(job)) ? jobs.filter(isOnOthers) : [])
  const lines: string[] = []
  const isLine = (one: string): boolean => lines.some((line) => workOf(line) === workOf(one))
  let isTesting = false
  let job: Artifact | undefined
  let setup: string[] = []
  let step: Step | undefined
  const hasFolder = (folder: string): boolean => survey.folders.has(folder)
  // Whoever reads the first lines wants to test.
  const testing = new Set(
    nodes.flatMap(({ name, startLine }) => (TESTS.test(name) ? (jobAround(jobs, path, startLine) ?? []) : [])),
  )
  const rank = ({ startLine }: Artifact): number => {
    const around = jobAround(jobs, path, startLine)
    return around === undefined || testing.has(around) ? 0 : 1
  }
  for (const node of nodes.toSorted(
    (a, b) => rank(a) - rank(b) || a.startLine - b.startLine || compareText(a.id, b.id),
  )) {
    const around = jobAround(jobs, path, node.startLine)
    if (around !== job) [job, setup, step] = [around, [], undefined]
    if ((job !== undefined && (others.has(job) || isPublishing(job.name))) || isUnderCondition(source, node.startLine))
      continue
    const plain = node.name.trim().replace(/ -j ?\$(?:\(nproc\)|\{?\w{1,40}\}?)(?= |$)/, '')
    const key = String(stepRange(source, node.startLine)[0])
    if (step?.key !== key) step = { key, shell: new ShellSession(hasFolder, step?.shell), moves: 0 }
    step.moves += CHANGES_FOLDER.test(plain) ? 1 : 0
    if (node.name.length > MAX_LINE) continue
    const taken = step.shell.take(plain)
    if (taken === undefined || movesAbove(source, node.startLine) > step.moves) continue
    const { run, before } = taken
    const folder = isElsewhere(text, node.startLine) ? moduleOf(survey, text, node.startLine) : ''
    const isBuilding = BUILDS.test(run) && !UNFIT.test(run)
    const isSetup = SETUP.test(run) && !UNFIT_SETUP.test(run) && !OWN_TOOLS.test(run)
    if (ASKS_VERSION.test(run) || isOfOthers(source, node.startLine, around)) continue
    if (!(isBuilding || isSetup) || PUBLISHES.test(run) || isFilled(run) || isChosenBeside(run, text)) continue
    if (folder === undefined || (folder !== '' && !run.startsWith('go '))) continue
    const line = folder === '' ? before + run : `cd ${folder} && ${run}`
    if (!isBuilding) {
      setup.push(line)
      continue
    }
    isTesting ||= TESTS.test(run)
    if (lines.includes(line) || isTold(line)) continue
    const alike = lines.findIndex((one) => workOf(one) === workOf(line))
    if (alike >= 0) {
      if (line.length < (lines[alike]?.length ?? 0)) lines[alike] = line
      continue
    }
    const needed = setup.slice(-MAX_SETUP).filter((one) => !isLine(one) && !isTold(one))
    lines.push(...needed, line)
    setup = []
  }
  return { path, lines, isTesting }
}

/** What a command does, whatever it reports and in which order its options stand. */
const workOf = (line: string): string => line.replace(REPORTS, '').split(' ').sort().join(' ')

/** Whether a command needs what only its job has: a secret, or files that another job made. */
export function isOfOthers(source: readonly string[], line: number, job: Artifact | undefined): boolean {
  const [from, to] = stepRange(source, line)
  return (
    source.slice(from, to).some((one) => SECRET.test(one)) ||
    (job !== undefined &&
      source.slice(job.startLine - 1, line).some((one) => one.includes('actions/download-artifact')))
  )
}

const SECRET = /\$\{\{ {0,4}secrets\./

/** Lines of its step above a line that go into another folder. */
function movesAbove(source: readonly string[], line: number): number {
  const [from] = stepRange(source, line)
  return source.slice(from, line).filter((one) => CHANGES_FOLDER.test(one)).length
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
  return lines.slice(from, to).some((one) => WORKS_IN.test(one))
}
