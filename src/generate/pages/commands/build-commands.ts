/**
 * What a reader types to build, run and test a repository: the scripts of its manifests, and what the tools behind its
 * manifests do by themselves. Nothing is offered that a file of the repository does not ask for.
 */

import type { Ecosystem, Package, SourceFile } from '#generate/model.ts'
import { isMain, type Survey } from '#generate/pages/survey.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import {
  defaultTarget,
  listingTarget,
  type MakeTarget,
  readMakeTargets,
  readRecipes,
  workTargets,
} from './make-targets.ts'
import { hasExtras } from './own-commands.ts'
import { defaultTasks, libraryTasks } from './rake-tasks.ts'
import { byUse } from './script-order.ts'

/** A command, and what it runs in turn or is for. */
export interface Command {
  line: string
  /** A command of the manifest's own. */
  runs?: string
  /** Words of the manifest. */
  words?: string
  /** No manifest says it: the tool behind one does it by itself. */
  isUsual?: true
  /** For maintainers: only counted. */
  isAside?: true
}

/** What one file of the repository supports. */
export interface Offer {
  path: string
  commands: Command[]
}

/** A tool, the manifests that ask for it, and what it can do with one. */
interface Tool {
  manifest: RegExp
  /** Whether its commands name the manifest; those of the others run in its folder. */
  namesManifest?: true
  commands(file: SourceFile, here: Here): Command[]
}

/** Where a manifest stands. */
interface Here {
  writing: Writing
  survey: Survey
  /** Whether a file of this name stands beside the manifest. */
  has(name: string): boolean
  /** The package that the manifest is of. */
  package(ecosystem: Ecosystem): Package | undefined
}

/** Manifests of one tool that are told of where none stands at the top. */
const MAX_MANIFESTS = 3
const MAX_DEPTH = 3
/** A project beside the program. */
const BESIDE = /(?:^|[/.])(?:bench\w*|demos?|examples?|samples?|tests?)(?=[/.])/i
/** What `npm init` writes. */
const NO_TEST = /\bno tests? specified\b/
/** What may stand in a command line without quotes. */
const PLAIN = /^[\w./@+-]+$/

const TOOLS: Tool[] = [
  { manifest: /^package\.json$/, commands: ofNode },
  { manifest: /^deno\.jsonc?$/, commands: (_, here) => ofScripts(here.package('jsr'), 'deno task') },
  { manifest: /^pyproject\.toml$/, commands: ofPython },
  { manifest: /^setup\.py$/, commands: (_, { has }) => (has('pyproject.toml') ? [] : lines('pip install -e .')) },
  { manifest: /^tox\.ini$/, commands: () => lines('tox run') },
  { manifest: /^noxfile\.py$/, commands: () => lines('nox --list') },
  { manifest: /^Cargo\.toml$/, commands: ofCargo },
  { manifest: /^go\.mod$/, commands: ofGo },
  { manifest: /^pom\.xml$/, commands: ofMaven },
  { manifest: /^build\.gradle(?:\.kts)?$/, commands: ofGradle },
  { manifest: /\.slnx?$/, namesManifest: true, commands: ofDotnet },
  {
    manifest: /\.(?:cs|fs|vb)proj$/,
    namesManifest: true,
    commands: (file, here) => (hasSolution(here) ? [] : ofDotnet(file, here)),
  },
  {
    manifest: /^composer\.json$/,
    commands: (_, here) => [...lines('composer install'), ...ofScripts(here.package('packagist'), 'composer')],
  },
  { manifest: /^Gemfile$/, commands: () => lines('bundle install') },
  { manifest: /^Rakefile$/, commands: ofRake },
  { manifest: /^CMakeLists\.txt$/, commands: ofCMake },
  {
    manifest: /^meson\.build$/,
    commands: () => lines('meson setup build', 'meson compile -C build', 'meson test -C build'),
  },
  { manifest: /^configure\.ac$/, commands: ofAutoconf },
  { manifest: /^build\.sbt$/, commands: () => lines('sbt compile', 'sbt test') },
  { manifest: /^build\.(?:sc|mill)$/, commands: (_, { has }) => ofMill(has('mill') ? './mill' : 'mill') },
  { manifest: /^Package\.swift$/, commands: () => lines('swift build', 'swift test') },
  { manifest: /^mix\.exs$/, commands: () => lines('mix deps.get', 'mix test') },
  { manifest: /^dune-project$/, commands: () => lines('dune build', 'dune test') },
  { manifest: /^(?:GNUm|M|m)akefile$/, commands: ofMake },
  {
    manifest: /^\.?[Jj]ustfile$/,
    commands: (file) => scripts(named(readRecipes(file.text ?? '')), (name) => `just ${name}`),
  },
]

/** What the manifests at the top offer; of a tool that has none there, what those nearest to it do. */
export function offersOf(writing: Writing): Offer[] {
  const { inventory, survey } = writing
  const candidates = inventory.files.filter(
    ({ path, role, vendored }) =>
      role !== 'test' && role !== 'example' && !vendored && depthOf(path) <= MAX_DEPTH && PLAIN.test(path),
  )
  // Below the top, a manifest counts where the main code is.
  const around = new Set([''])
  for (const { path } of inventory.files) {
    if (!isMain(path, survey)) continue
    for (
      let slash = path.indexOf('/'), depth = 1;
      slash > 0 && depth < MAX_DEPTH;
      slash = path.indexOf('/', slash + 1), depth++
    )
      around.add(path.slice(0, slash + 1))
  }
  return TOOLS.flatMap(({ manifest, namesManifest, commands }) => {
    const found = candidates.filter(
      ({ path }) => manifest.test(nameOf(path)) && around.has(path.slice(0, -nameOf(path).length)),
    )
    const least = Math.min(...found.map(({ path }) => depthOf(path)))
    return found
      .filter(({ path }) => depthOf(path) === least)
      .slice(0, MAX_MANIFESTS)
      .map((file): Offer => {
        const folder = file.path.slice(0, -nameOf(file.path).length)
        const home = folderOf(file.path)
        const here: Here = {
          ...{ writing, survey },
          has: (name) => survey.files.has(folder + name),
          package(ecosystem) {
            const beside = writing.packages.filter((one) => one.ecosystem === ecosystem && one.folder === home)
            return beside.find((one) => one.manifest === file.path) ?? beside.find((one) => one.name !== null)
          },
        }
        const prefix = folder === '' || namesManifest === true ? '' : `cd ${folder.slice(0, -1)} && `
        return {
          path: file.path,
          commands: commands(file, here).map((command) => ({ ...command, line: prefix + command.line })),
        }
      })
  }).filter((offer) => offer.commands.length > 0)
}

function ofNode(_: SourceFile, here: Here): Command[] {
  const npm = here.package('npm')
  const runner = npm?.tools[0] ?? 'npm'
  const commands = scripts(scriptsOf(npm), (name) => scriptLine(runner, name))
  const needsOthers = (npm?.dependencies.length ?? 0) > 0
  // What scripts run is there once the checkout is set up.
  return commands.length === 0 || !needsOthers ? commands : [{ line: `${runner} install`, runs: '' }, ...commands]
}

/** How a script of a package.json is run. */
export function scriptLine(runner = 'npm', name = ''): string {
  const isShort = (name === 'test' || name === 'start') && runner !== 'bun'
  return isShort ? `${runner} ${name}` : `${runner} run ${name}`
}

function ofScripts(of: Package | undefined, runner: string): Command[] {
  return scripts(scriptsOf(of), (name) => `${runner} ${name}`)
}

function scriptsOf(of: Package | undefined): [string, string][] {
  const own = (of?.scripts ?? []).filter(({ command }) => !NO_TEST.test(command))
  return own.map(({ name, command }) => [name, command])
}

function ofPython(_: SourceFile, here: Here): Command[] {
  const { has } = here
  const python = here.package('pypi')
  if (python === undefined) return []
  const { tools } = python
  const [install, run] = has('uv.lock')
    ? ['uv sync', 'uv run ']
    : has('poetry.lock') || tools.includes('poetry')
      ? ['poetry install', 'poetry run ']
      : has('pdm.lock')
        ? ['pdm sync', 'pdm run ']
        : [withTests(here), '']
  return [
    ...(python.name === null ? [] : lines(install)),
    ...(tools.includes('pytest') ? lines(`${run}pytest`) : []),
    ...(tools.includes('tox') && !has('tox.ini') ? lines(`${run}tox run`) : []),
  ]
}

/** With the extra or group that its tests need, where it has one. */
function withTests({ survey, package: packageOf }: Here): string {
  const groups = new Set(packageOf('pypi')?.dependencies.flatMap(({ group }) => group ?? []))
  const group = ['test', 'tests', 'testing', 'dev'].find((one) => groups.has(one))
  if (group === undefined) return 'pip install -e .'
  const extra = `pip install -e ".[${group}]"`
  const textOf = (path: string): string => survey.files.get(path)?.text ?? ''
  if (hasExtras(extra, textOf)) return extra
  return /^\[dependency-groups\]/m.test(textOf('pyproject.toml'))
    ? `pip install -e . --group ${group}`
    : 'pip install -e .'
}

function ofCargo(file: SourceFile, here: Here): Command[] {
  const { programs = [] } = here.package('cargo') ?? {}
  const run = programs.length === 1 ? ['cargo run'] : programs.map(({ name }) => `cargo run --bin ${name}`)
  // Beside a package at its top, what builds a workspace has to say so.
  const isBoth = /^\[workspace\b/m.test(file.text ?? '') && /^\[package\]/m.test(file.text ?? '')
  const all = isBoth ? ' --workspace' : ''
  return lines(`cargo build${all}`, `cargo test${all}`, ...run.filter((line) => PLAIN.test(line.replaceAll(' ', ''))))
}

function ofGo(file: SourceFile, here: Here): Command[] {
  const { writing, survey } = here
  const folder = file.path.slice(0, -nameOf(file.path).length)
  const mains = (here.package('go')?.programs ?? []).filter(({ runs }) => isMain(runs, survey))
  const folders = mains.map(({ runs }) => folderOf(runs).slice(folder.length))
  const runs = folders.filter((one) => one === '' || PLAIN.test(one))
  const hasTests = writing.inventory.files.some(({ path }) => path.endsWith('_test.go') && path.startsWith(folder))
  return lines(
    'go build ./...',
    ...(hasTests ? ['go test ./...'] : []),
    ...runs.map((one) => (one === '' ? 'go run .' : `go run ./${one}`)),
  )
}

function ofMaven(_: SourceFile, here: Here): Command[] {
  const maven = here.has('mvnw') ? './mvnw' : 'mvn'
  const plugins: [string, string][] = [
    ['spring-boot-maven-plugin', 'spring-boot:run'],
    ['quarkus-maven-plugin', 'quarkus:dev'],
  ]
  const { tools = [] } = here.package('maven') ?? {}
  const runs = plugins.filter(([plugin]) => tools.includes(plugin)).map(([, goal]) => goal)
  return lines(...['package', 'test', ...runs].map((goal) => `${maven} ${goal}`))
}

function ofGradle(_: SourceFile, here: Here): Command[] {
  const gradle = here.has('gradlew') ? './gradlew' : 'gradle'
  const { tools = [] } = here.package('maven') ?? {}
  const runs = tools.includes('org.springframework.boot') ? ['bootRun'] : tools.includes('application') ? ['run'] : []
  return lines(...['build', 'check', ...runs].map((task) => `${gradle} ${task}`))
}

function ofDotnet(file: SourceFile, { writing }: Here): Command[] {
  // Projects of tests are artifacts, no packages.
  const isTested = writing.analysis.artifacts.nodes.some(
    ({ kind, file, detail }) =>
      kind === 'package' &&
      /\.(?:cs|fs|vb)proj$/.test(file) &&
      (/^test\b/.test(detail) || writing.survey.files.get(file)?.role === 'test'),
  )
  const programs = writing.packages.filter(
    ({ ecosystem, programs, manifest }) =>
      ecosystem === 'nuget' && programs.length > 0 && PLAIN.test(manifest) && !BESIDE.test(manifest),
  )
  return lines(
    `dotnet build ${file.path}`,
    ...(isTested ? [`dotnet test ${file.path}`] : []),
    ...programs.map(({ manifest }) => `dotnet run --project ${manifest}`),
  )
}

function hasSolution({ writing }: Here): boolean {
  return writing.inventory.files.some(({ path }) => /\.slnx?$/.test(path))
}

function ofRake(file: SourceFile, { writing, has }: Here): Command[] {
  const rake = has('Gemfile') ? 'bundle exec rake' : 'rake'
  const targets = writing.analysis.artifacts.nodes.filter((node) => node.file === file.path && node.kind === 'target')
  const names = [...new Set([...libraryTasks(file.text ?? ''), ...targets.map(({ name }) => name)])]
  const tasks = names.filter((name) => name !== 'default')
  const needs = defaultTasks(file.text ?? '')
  return [
    ...(needs === undefined ? [] : [{ line: rake, runs: needs }]),
    ...scripts(named(tasks), (name) => `${rake} ${name}`),
  ]
}

function ofCMake(file: SourceFile): Command[] {
  const isTested = /^[ \t]*(?:enable_testing\s*\(|include\s*\(\s*CTest\s*\))/im.test(file.text ?? '')
  return lines('cmake -B build', 'cmake --build build', ...(isTested ? ['ctest --test-dir build'] : []))
}

function ofAutoconf(_: SourceFile, { has }: Here): Command[] {
  const prepare = has('configure') ? [] : [has('autogen.sh') ? './autogen.sh' : 'autoreconf -i']
  return lines([...prepare, './configure', 'make'].join(' && '))
}

function ofMill(mill: string): Command[] {
  return lines(`${mill} __.compile`, `${mill} __.test`)
}

/** What `make` alone does, then what comments explain, then all others that build, test or check. */
function ofMake(file: SourceFile, { writing }: Here): Command[] {
  const text = file.text ?? ''
  const lists = listingTarget(text)
  const goal = defaultTarget(text)
  const targets = new Map(workTargets(text).map((one) => [one.name, one]))
  const commands = byUse(readMakeTargets(text).map(([name]) => [name, targets.get(name)?.runs ?? '']))
    .filter(({ name }) => `make ${name}` !== lists && name !== goal?.name)
    .map(({ name, isAside }): Command => {
      const { words = '', runs = '', isProgram = false } = targets.get(name) ?? {}
      const isUntold = !targets.has(name) || (isAside && words === '' && !isProgram)
      return {
        line: isProgram ? `make ${name} && ./${name}` : `make ${name}`,
        ...{ words, runs },
        ...(isUntold ? { isAside: true } : {}),
      }
    })
  const told = [...commands.filter(({ words }) => words !== ''), ...commands.filter(({ words }) => words === '')]
  const own = goal === undefined || lists === 'make' ? undefined : targets.get(goal.name)
  if (own === undefined && told.every(({ isAside }) => isAside)) return []
  const listed = lists === undefined ? [] : [{ line: lists, words: writing.texts.launch.listsTasks }]
  return [...(goal === undefined || own === undefined ? [] : [goalCommand(goal, own)]), ...listed, ...told]
}

function goalCommand({ needs }: { needs: readonly string[] }, { name, words, runs, isProgram }: MakeTarget): Command {
  // By its own name it says more than as what comes first.
  if (isProgram) return { line: `make ${name} && ./${name}`, words, runs }
  if (!/^(?:all|default|everything|main)$/.test(name)) return { line: `make ${name}`, words, runs }
  return { line: 'make', words, runs: runs === '' && words === '' ? needs.filter(isPlain).join(', ') : runs }
}

const isPlain = (name: string): boolean => PLAIN.test(name)

const named = (names: readonly string[]): [string, string][] => names.map((name) => [name, ''])

/** Of what a manifest names, by the command that runs one. */
function scripts(named: readonly (readonly [string, string])[], lineOf: (name: string) => string): Command[] {
  return byUse(named).map(({ name, runs, isAside }) => ({ line: lineOf(name), runs, ...(isAside ? { isAside } : {}) }))
}

/** What a tool does by itself. */
function lines(...texts: string[]): Command[] {
  return texts.map((line) => ({ line, isUsual: true }))
}

function depthOf(path: string): number {
  return path.split('/').length
}
