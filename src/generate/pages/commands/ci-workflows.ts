/** The lines of the overview on CI: each file with when it runs and what it runs first. */

import { type Artifact, compareText, type SourceFile } from '#generate/model.ts'
import { whenInShort } from '#generate/pages/artifacts/ci-page.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { BUILDS, isOfOthers, OWN_TOOLS, SETUP } from './ci-commands.ts'
import { isOnOthers, isUnderCondition, jobAround, servicesOf, stepRange } from './ci-jobs.ts'
import { isContinuous, isDead, isDisabled, isPublishing, isWork, rankOfWorkflow } from './ci-purpose.ts'
import { withMatrixValues } from './matrix-values.ts'
import { ShellSession } from './shell-session.ts'

const MAX_FILES = 8
/** Settings of services, which run nothing. */
const NO_RUNS =
  /(?:^|\/)(?:dependabot|codecov|renovate|labeler|mergify|stale|codeql[\w-]*|scorecards?|dependency-review|lock[\w-]*|triage|welcome|greetings)\.ya?ml$/
const MAX_COMMANDS = 6
const MAX_COMMAND = 300
/** Only prepares a build. */
const CONFIGURES = /^(?:cmake (?!--build)|\.\/configure\b|meson setup\b)/
/** The folder of the checkout; what only the job of a matrix knows. */
const CHECKOUT = /"?\$\{\{ {0,4}github\.workspace {0,4}\}\}(\/[\w./-]{1,80})?"?/g
const EXPRESSION = /\$\{\{[^{}]{0,200}\}\}/g
/** Known for a pull request alone. */
const OF_EVENT = /\$\{\{[^{}]{0,80}\bgithub\.(?:event\.|base_ref|head_ref)/
const OF_SHELL = /\$\([\w ./-]{1,80}\)/g
/** Flags for CI that a target of `make` takes. */
const OF_MAKE = / [A-Z_]{2,40}=(?:'[^']{0,200}'|"[^"]{0,200}")/g
const TOOLS = /^\s*tools: *["']?([^"'#]{1,300})/
const MAX_SERVICES = 6
/** With what only its job knows, or written for a shell. */
const UNFIT = /[$|<>`;{}*]|\bdist\/|\b(?:deploy|publish\w*|twine|upload)\b|[\s:]release\b/
/** Fetches the code or a tool; a shell's own words. */
const PREPARES =
  /^(?:true$|echo\b|export\b|cd [\w./-]+$|(?:cat|ls|pwd|env|uname|which|curl|wget|git|rm|cp|mv|chmod|touch|sleep|tar|unzip|zip)\b|[\w.-]+ (?:--version|-V|-v)$|mkdir\b|(?:if|then|else|fi|for|do|done|case|esac|set)\b)|^\w+=|^exit\b|^(?:npm|yarn|pnpm|bundle) config\b/
/** Takes in what others need: said where there is nothing else, or where the project's own packages come by it. */
const INSTALLS = /\b(?:install|corepack|apt-get|brew|choco)\b|^npm (?:ci|i)$/

/**
 * What runs by itself first, and of that what tests; nothing of files of which nothing can be said.
 *
 * @param told - Paths of those that are told of elsewhere.
 */
export function workflowItems(writing: Writing, told: ReadonlySet<string>): Inline[][] {
  const { inventory, sources } = writing
  const isOnGitHub = inventory.files.some(({ path }) => path.startsWith('.github/workflows/'))
  const all = inventory.files
    .filter(
      ({ path, role }) =>
        role === 'ci' &&
        /(?:\.ya?ml|\/?Jenkinsfile)$/.test(path) &&
        !NO_RUNS.test(path) &&
        !told.has(path) &&
        !(isOnGitHub && isDead(path)),
    )
    .filter((one) => isWork(one))
  const paths = new Set(all.map(({ path }) => path))
  const nodes = writing.analysis.artifacts.nodes.filter(({ file }) => paths.has(file))
  const rank = (one: SourceFile): number => (isContinuous(one) ? 0 : 10) + rankOfWorkflow(one.path)
  const shown = all
    .filter(({ text }) => !isDisabled(text))
    // `tests.yml` before `test-package.yml`
    .toSorted((a, b) => rank(a) - rank(b) || nameOf(a.path).length - nameOf(b.path).length)
    .map((one) => ({
      one,
      facts: factsOf(
        writing,
        one,
        nodes.filter(({ file }) => file === one.path),
      ),
    }))
    .filter(({ facts }) => facts.length > 0)
    .slice(0, MAX_FILES)
  return shown.map(({ one, facts }): Inline[] => [...sources.file(one.path), ...facts])
}

/** ` (CI, on pushes): cargo fmt, cargo test and 3 more`; nothing where it is not known what runs. */
function factsOf(writing: Writing, workflow: SourceFile, nodes: readonly Artifact[]): Inline[] {
  const { texts } = writing
  const source = linesOf(workflow)
  const tools = toolsOfActions(source)
  const commands = runsOf(writing, workflow, nodes)
    .filter((name) => !OF_EVENT.test(name))
    .map((name) => (BUILDS.test(name.replace(MOVED, '')) ? plainRun(withMatrixValues(name, source)) : name))
    .map((name) => (/^make /.test(name) ? name.replace(OF_MAKE, '') : name))
    .filter((name) => name.length <= MAX_COMMAND && !PREPARES.test(name) && !UNFIT.test(name.replace(OF_SHELL, '')))
    // What is left of it says nothing, or an action brings its tool.
    .filter((name) => !/^\S+ …$/.test(name) && !name.split(/[\s/]/).some((word) => tools.has(word)))
  const work = commands.filter((name) => !isSetup(name))
  const needed = commands.filter((name) => !isSetup(name) || (SETUP.test(name) && !OWN_TOOLS.test(name)))
  const names = mainOf(withoutVariants([...new Set(work.length > 0 ? needed : commands)]))
  if (names.every((name) => CONFIGURES.test(name.replace(MOVED, '')))) return []
  return [
    ...workflowFacts(writing, workflow),
    texts.colon,
    ...few(
      names.map((name): Inline[] => [quoted(name)]),
      MAX_COMMANDS,
      texts,
    ),
  ]
}

/** `composer-unused` of `tools: composer:v2, composer-unused`: what an action installs for its job alone. */
function toolsOfActions(source: readonly string[]): ReadonlySet<string> {
  const tools = new Set<string>()
  for (const line of source) {
    for (const tool of (TOOLS.exec(line)?.[1] ?? '').split(',')) {
      const [name = ''] = tool.trim().split(':')
      if (name === '' || name === 'composer') continue
      tools.add(name.replace('/', '-'))
      tools.add(name.replace(/^.*\//, ''))
    }
  }
  return tools
}

/** `cmake -S . -B ./build -DCMAKE_BUILD_TYPE=…` */
const plainRun = (name: string): string =>
  name
    .replace(CHECKOUT, (_, path: string | undefined) => (path === undefined ? '.' : path.slice(1)))
    .replace(EXPRESSION, '…')
    .replace(/\$\{?\w{1,40}\}?/g, '…')

/** What the steps run for this system, in their order, each with its folder. */
function runsOf({ survey }: Writing, workflow: SourceFile, nodes: readonly Artifact[]): string[] {
  const source = linesOf(workflow)
  const jobs = nodes.filter(({ kind }) => kind === 'job')
  const others = new Set(jobs.some((job) => !isOnOthers(job)) ? jobs.filter(isOnOthers) : [])
  let step = -1
  let shell = new ShellSession((path) => survey.folders.has(path))
  return nodes
    .filter(({ kind, startLine }) => {
      const job = jobAround(jobs, workflow.path, startLine)
      if (kind !== 'command' || isUnderCondition(source, startLine) || isOfOthers(source, startLine, job)) return false
      return job === undefined || !(others.has(job) || isPublishing(job.name))
    })
    .toSorted((a, b) => a.startLine - b.startLine || compareText(a.id, b.id))
    .flatMap(({ name, startLine }) => {
      const [from, to] = stepRange(source, startLine)
      if (from !== step) {
        step = from
        shell = new ShellSession((path) => survey.folders.has(path), shell)
        const [, folder] = STEP_FOLDER.exec(source.slice(from, to).join('\n')) ?? []
        if (folder !== undefined) shell.take(`cd ${folder}`)
      }
      if (source.slice(from, to).some((line) => USES.test(line))) return []
      const taken = shell.take(name.trim())
      return taken === undefined ? (MOVES.test(name) ? [] : [name]) : [taken.before + taken.run]
    })
}

/** Of what differs by a variable, the first. */
function withoutVariants(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.filter((name) => {
    const key = name.split(' ', 2).join(' ')
    if (name.includes('…') && seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** In their order: where there are too many, what builds, tests or checks before all others. */
function mainOf(names: readonly string[]): string[] {
  if (names.length <= MAX_COMMANDS) return [...names]
  const isMain = (name: string): boolean => BUILDS.test(name.replace(MOVED, '')) || /\btests?\b|\blint\b/.test(name)
  const main = names.filter(isMain)
  return [...main, ...names.filter((name) => !isMain(name))]
}

const MOVED = /^(?:mkdir -p \S+ && )?cd \S+ && /
const USES = /^\s*(?:- )?uses: /
const MOVES = /^(?:cd|pushd|popd)\b/
const STEP_FOLDER = /\bworking-directory: *["']?(?:\.\/)?([\w./-]{1,80})["']?\s*$/m

/** ` (CI, on pushes)`, and which services run beside it. */
export function workflowFacts(writing: Writing, file: SourceFile): Inline[] {
  const { analysis, texts } = writing
  const nodes = analysis.artifacts.nodes.filter((node) => node.file === file.path)
  const workflow = nodes.find(({ kind, detail }) => kind === 'workflow' && detail !== '')
  const about = [...workflowName(file), ...(workflow === undefined ? [] : [whenInShort(writing, workflow)])]
  const source = linesOf(file)
  const services = nodes.flatMap((node) => (node.kind === 'job' ? servicesOf(source, node) : []))
  const beside = [...new Set(services)].map((name): Inline[] => [quoted(name)])
  return [
    ...(about.length === 0 ? [] : [' (', ...join(about, texts.comma), ')']),
    ...(beside.length === 0 ? [] : texts.launch.services(few(beside, MAX_SERVICES, texts))),
  ]
}

const linesOf = ({ text }: SourceFile): string[] => text?.split('\n') ?? []

/** A command is put together of what files say: it may stand in none. */
export const quoted = (line: string): Inline => ({ ...code(line), data: { isQuoted: true } })

/** Takes in what others need; what Maven calls so builds and tests. */
const isSetup = (name: string): boolean => INSTALLS.test(name) && !/^(?:mvn|\.\/mvnw) /.test(name)

function workflowName({ path, text }: SourceFile): Inline[][] {
  const name = /^name: *(?! )(["']?)([^\n"']{1,80})\1 *$/m
    .exec(text?.slice(0, 4_000) ?? '')?.[2]
    ?.trim()
    .split(' #')[0]
  const stem = nameOf(path).replace(/\.\w+$/, '')
  return name === undefined || name === '' || name.toLowerCase() === stem.toLowerCase() ? [] : [[name]]
}
