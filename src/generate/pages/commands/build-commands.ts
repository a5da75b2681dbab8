/**
 * Collects the commands that build, run and test a repository: the scripts of its manifests, and the usual commands of the tools
 * that use these manifests. Every command is based on a file of the repository.
 */

import { hasText } from '#base/find-text.ts'
import { least } from '#base/long-arrays.ts'
import { at, textsOf } from '#generate/formats/located.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import { elementText, readXml } from '#generate/formats/read-xml.ts'
import type { SourceFile } from '#generate/model.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { ciCommands, isTestedByCi, toolOf } from './ci-commands.ts'
import { ofCMake } from './cmake-commands.ts'
import { type Command, type Here, lines, PLAIN } from './command.ts'
import { hasSolution, ofDotnet } from './dotnet-commands.ts'
import { readRecipes } from './just-recipes.ts'
import { ofMake } from './make-commands.ts'
import { ofMeson } from './meson-commands.ts'
import { pythonCommands } from './python-commands.ts'
import { ofRake } from './rake-commands.ts'
import { ofNode, ofScripts, recipeCommands } from './script-commands.ts'
import { readTasks, TASKFILE } from './task-files.ts'

/** The commands that one file of the repository supports. */
export interface Offer {
  path: string
  commands: Command[]
  /** Whether it is a CI file, which states the commands. */
  isOfCi?: true
}

/** A tool, its manifests, and its commands for one of them. */
interface Tool {
  manifest: RegExp
  /** Whether its commands name the manifest; commands of other tools run in its folder. */
  namesManifest?: true
  commands(file: SourceFile, here: Here): Command[]
}

/** Limit on the manifests per tool if none is at the top. */
const MAX_MANIFESTS = 3
const MAX_DEPTH = 3
/** Matches goals of Maven that also test. */
const TESTING_GOAL = /(?:^|\s)(?:install|package|test|verify)(?:\s|$)/
const TOOLS: Tool[] = [
  { manifest: /^package\.json$/, commands: ofNode },
  { manifest: /^deno\.jsonc?$/, commands: (_, here) => ofScripts(here.package('jsr'), 'deno task') },
  { manifest: /^pyproject\.toml$/, commands: pythonCommands },
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
  { manifest: /^CMakeLists\.txt$/, commands: ({ text }) => ofCMake(text ?? '') },
  {
    manifest: /^meson\.build$/,
    commands: (_, { writing }) => ofMeson(writing.inventory.files),
  },
  { manifest: /^configure\.ac$/, commands: ofAutoconf },
  {
    manifest: /^build\.sbt$/,
    // Next to a Mill build, which builds the code, sbt makes the documents. With many projects, contributors build one.
    commands: ({ text }, { has }) =>
      has('build.sc') || has('build.mill') || /\.aggregate\(|^addCommandAlias\(/m.test(text ?? '')
        ? []
        : lines('sbt compile', 'sbt test'),
  },
  {
    manifest: /^Package\.swift$/,
    // If the code is in another language, the manifest only packages the library for Swift.
    commands: ({ text }, { writing, repo }) =>
      writing.inventory.files.some(({ path }) => path.endsWith('.swift') && isMain(path, repo))
        ? lines('swift build', ...(hasText(text ?? '', '.testTarget(') ? ['swift test'] : []))
        : [],
  },
  { manifest: /^mix\.exs$/, commands: () => lines('mix deps.get', 'mix test') },
  { manifest: /^dune-project$/, commands: () => lines('dune build', 'dune test') },
  { manifest: /^(?:GNUm|M|m)akefile$/, commands: ofMake },
  { manifest: /^\.?[Jj]ustfile$/, commands: ({ text }) => recipeCommands('just', readRecipes(text ?? '')) },
  { manifest: TASKFILE, commands: ({ text }) => recipeCommands('task', readTasks(text ?? '')) },
]

/**
 * The commands of the manifests at the top; for a tool without one there, those of its nearest manifests. Usual commands of a
 * tool are replaced by those of CI, and omitted if CI tests without the tool.
 */
export function offersOf(writing: Writing): Offer[] {
  const offers = manifestOffers(writing)
  const isAtTop = offers.some(({ path }) => !path.includes('/'))
  const ofCi = ciCommands(writing)
  const isTested = isTestedByCi(writing)
  const homes = new Set(writing.packages.map(({ folder }) => folder))
  const seen = new Set<string>()
  return offers.flatMap((offer): Offer[] => {
    // Without a package, a folder may only have steps of another build.
    const isPart = offer.path.includes('/') && isAtTop
    const [first] = offer.commands
    if (isPart && !homes.has(folderOf(offer.path))) return []
    if (first === undefined || !offer.commands.every(({ isUsual }) => isUsual)) return [offer]
    if (isPart) return []
    const tool = toolOf(first.line)
    const stated = ofCi.get(tool)
    if (stated === undefined) return isTested ? [] : [offer]
    if (stated === null) return [offer]
    if (seen.has(tool)) return []
    seen.add(tool)
    return [{ ...stated, isOfCi: true }]
  })
}

function manifestOffers(writing: Writing): Offer[] {
  const { inventory, repo } = writing
  const candidates = inventory.files.filter(
    ({ path, role, vendored }) =>
      role !== 'test' && role !== 'example' && !vendored && depthOf(path) <= MAX_DEPTH && PLAIN.test(path),
  )
  // Below the top, only manifests near the main code count.
  const around = new Set([''])
  for (const { path } of inventory.files) {
    if (!isMain(path, repo)) continue
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
    const lowest = least(found.map(({ path }) => depthOf(path)))
    return found
      .filter(({ path }) => depthOf(path) === lowest)
      .slice(0, MAX_MANIFESTS)
      .map((file): Offer => {
        const folder = file.path.slice(0, -nameOf(file.path).length)
        const home = folderOf(file.path)
        const here: Here = {
          writing,
          repo,
          has: (name) => repo.files.has(folder + name),
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

function ofCargo({ text }: SourceFile): Command[] {
  const manifest = readToml(text ?? '')
  // If there is also a package at the top, the command must name the workspace.
  const isBoth = ['workspace', 'package'].every((key) => at(manifest, key) !== undefined)
  const all = isBoth ? ' --workspace' : ''
  // Cargo skips test targets without the features that they require.
  const targets = at(manifest, 'test')?.items ?? []
  const wanted = new Set(
    targets.flatMap((one) => textsOf(at(one, 'required-features'))).filter((one) => PLAIN.test(one)),
  )
  const features = wanted.size === 0 ? '' : ` --features ${[...wanted].join(',')}`
  return lines(`cargo build${all}`, `cargo test${all}${features}`)
}

function ofGo(file: SourceFile, here: Here): Command[] {
  const { writing, repo } = here
  const folder = file.path.slice(0, -nameOf(file.path).length)
  const mains = (here.package('go')?.programs ?? []).filter(({ runs }) => isMain(runs, repo))
  const folders = mains.map(({ runs }) => folderOf(runs).slice(folder.length))
  const runs = folders.filter((one) => one === '' || PLAIN.test(one))
  const hasTests = writing.inventory.files.some(({ path }) => path.endsWith('_test.go') && path.startsWith(folder))
  return lines(
    'go build ./...',
    ...(hasTests ? ['go test ./...'] : []),
    ...runs.map((one) => (one === '' ? 'go run .' : `go run ./${one}`)),
  )
}

function ofMaven({ text }: SourceFile, here: Here): Command[] {
  const maven = here.has('mvnw') ? './mvnw' : 'mvn'
  const goal = elementText(readXml(text ?? ''), 'build', 'defaultGoal')?.replace(/\s+/g, ' ') ?? ''
  if (/^[\w:. -]{1,240}$/.test(goal) && TESTING_GOAL.test(goal)) return [{ line: maven, words: goal }]
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

/** Matches an error of configure that asks for an option. */
const ASKS = /AC_MSG_ERROR\(\[{1,2}[^\]]{0,200}--(?:disable|enable|with|without)-/

function ofAutoconf({ text }: SourceFile, { has }: Here): Command[] {
  if (ASKS.test(text ?? '')) return []
  const prepare = has('configure') ? [] : [has('autogen.sh') ? './autogen.sh' : 'autoreconf -i']
  return lines([...prepare, './configure', 'make'].join(' && '))
}

function depthOf(path: string): number {
  return path.split('/').length
}
