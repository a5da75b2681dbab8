/** Writes the section of the overview on where the program starts. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Ecosystem, Package, SourceFile } from '#generate/model.ts'
import { scriptLine } from '#generate/pages/commands/build-commands.ts'
import { routesFacts } from '#generate/pages/module/routes.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { MAIN_FUNCTION, MAIN_IN_TYPE } from '#generate/pages/public-api/leading.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import { resolvePath } from '#generate/pages/repository-path.ts'
import { docSentence, toEntry, toFile, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { code, heading, type Inline, list } from '#markdown/build.ts'

/** Ecosystems whose packages install commands. */
const CALLED_BY_COMMANDS: ReadonlySet<Ecosystem> = new Set<Ecosystem>(['npm', 'pypi'])
const MAX_ITEMS = 20
const MAX_CLASSES = 3
/** Files with which programs of a language start, at the top or up to two folders below. */
const MAIN_FILE =
  /^(?:(?:src|lib|app|cmd|bin|packages)\/)?(?:[^/]+\/){0,2}(?:__main__\.py|main\.(?:py|go|rs|c|cc|cpp|ts|js|java|kt)|wsgi\.py|asgi\.py|Program\.cs|config\.ru)$/
/** Matches the files of programs for users, even in a library. */
const OF_USERS = /^(?:cmd|bin)\/|^(?:src\/)?main\.\w+$|(?:^|\/)__main__\.py$/
/** Files that Python web servers load. */
const SERVED_FILE = /(?:^|\/)[aw]sgi\.py$/
const SERVED_NAME = /^application\s*=/m
/** The script that runs a Django application. */
const MANAGE_FILE = /^(?:[^/]+\/)?manage\.py$/
const ROUTES_OF_RAILS = 'config/routes.rb'
/** Names of scripts that run an application, best first. */
const STARTS = ['start', 'serve', 'server', 'dev']
const MAX_DOCKERFILE = 20_000
const MAX_SCRIPT = 200_000
/** Limit on the lines of a file that only loads another one. */
const MAX_LOADER = 20
const LOADS = /['"](\.{1,2}\/[^'"\n]{1,200})['"]/
const SOURCE = /\.[cm]?[jt]sx?$/
/** Commands, programs and routes; empty if there are none. */
export function whereItStarts(writing: Writing): RootContent[] {
  const { texts } = writing
  const words = texts.launch
  const items: Inline[][] = []
  const packages = ownPackages(writing)
  const commands = packages.flatMap(({ ecosystem, manifest, programs }) =>
    CALLED_BY_COMMANDS.has(ecosystem) ? programs.map((program) => ({ ...program, manifest, ecosystem })) : [],
  )
  const textOf = (runs: string): string => writing.repo.files.get(resolvePath('', runs) ?? '')?.text ?? runs
  for (const { name, runs, manifest, ecosystem } of commands) {
    // A script that several packages have word for word is made by a tool.
    if (commands.some((one) => one.manifest !== manifest && textOf(one.runs) === textOf(runs))) continue
    const target = ecosystem === 'pypi' ? pythonTarget(writing, runs) : pathOrCode(writing, runs)
    items.push(words.command([code(name)], file(writing, manifest), target))
  }
  append(items, [...started(writing, packages), ...programs(writing)])
  const more = items.length - MAX_ITEMS
  if (more > 0) items.splice(MAX_ITEMS, more, [texts.moreItems(more)])
  const routes = routesFacts(writing)
  const router = writing.repo.files.get(ROUTES_OF_RAILS)
  if (routes.length > 0) items.push(words.routed(routes))
  else if (router !== undefined) items.push(words.routed(pathOrCode(writing, router.path)))
  return items.length === 0 ? [] : [heading(2, words.title), list(items)]
}

/** The files that the `start` scripts of packages and the images of the repository run. */
function started(writing: Writing, packages: readonly Package[]): Inline[][] {
  const { analysis, repo, texts } = writing
  const byId = new Map(analysis.artifacts.nodes.map((node) => [node.id, node]))
  const runs = analysis.artifacts.edges.flatMap(({ from, to, kind }) => {
    const artifact = byId.get(from)
    const path = repo.components.get(to)?.file ?? to
    return kind === 'runs' && artifact !== undefined && repo.files.get(path)?.role === 'code'
      ? [{ artifact, path }]
      : []
  })
  const found = new Map<string, Inline[]>()
  for (const { ecosystem, manifest, scripts, tools } of packages) {
    const names = scripts.map(({ name }) => name)
    const script = STARTS.find((name) => names.includes(name))
    if (ecosystem !== 'npm' || script === undefined) continue
    for (const { artifact, path } of runs) {
      if (artifact.kind !== 'script' || artifact.file !== manifest || artifact.name !== script) continue
      if (onlyExports(repo.files.get(path))) continue
      const line = scriptLine(tools[0], script)
      found.set(path, texts.launch.command([code(line)], file(writing, manifest), pathOrCode(writing, path)))
    }
  }
  for (const { artifact, path } of runs) {
    if (artifact.kind !== 'stage' || found.has(path) || depthOf(artifact.file) > 2) continue
    const entry = /^(?:CMD|ENTRYPOINT)\b.*$/gm
    const lines = repo.files.get(artifact.file)?.text?.slice(0, MAX_DOCKERFILE).match(entry) ?? []
    // The file must be named in the last stage, not only in a build stage.
    if (!lines.some((line) => line.includes(nameOf(path)))) continue
    found.set(path, texts.launch.imageRuns(file(writing, artifact.file), pathOrCode(writing, path)))
  }
  return [...found.values()]
}

/** Matches a line at the top of JavaScript that does something: a call or an immediate function; and calls that keep it running. */
const RUNS =
  /^(?!(?:module|exports|require|define|Object)\b)(?:[!(;]|await\b|void\b|new\b|process\.|[\w$]{1,80}(?:\.[\w$]{1,80}){0,6}\()|\.(?:listen|parse|serve|start|run|argv)\b/m
const EXPORTS = /^(?:module\.)?exports\b|^export\b/m

/** Whether a script would only load what a file exports. */
function onlyExports(file: SourceFile | undefined): boolean {
  const text = file?.text?.slice(0, MAX_SCRIPT) ?? ''
  return SOURCE.test(file?.path ?? '') && EXPORTS.test(text) && !RUNS.test(text)
}

function depthOf(path: string): number {
  return path.split('/').length
}

/** Programs in manifests, files named like programs, and classes with `main`. */
function programs(writing: Writing): Inline[][] {
  const { analysis, inventory, repo, texts } = writing
  const named = new Map<string, string>()
  const own = ownPackages(writing)
  const installed = new Map(own.flatMap((one) => one.programs.map(({ name, runs }) => [runs, name] as const)))
  // These are listed by their commands.
  const commanded = new Set(own.flatMap((one) => (CALLED_BY_COMMANDS.has(one.ecosystem) ? [one.manifest] : [])))
  for (const { ecosystem, programs } of own) {
    if (CALLED_BY_COMMANDS.has(ecosystem)) continue
    for (const { name, runs } of programs) {
      // The name is left out if it equals that of the file or folder.
      const isOwnName = runs
        .split('/')
        .slice(-2)
        .some((part) => part.replace(/\.\w+$/, '') === name)
      if (isCode(repo.files.get(runs)) && !isOwnName) named.set(runs, name)
    }
  }
  const byId = new Map(analysis.artifacts.nodes.map((node) => [node.id, node]))
  for (const { from, to, kind } of analysis.artifacts.edges) {
    const artifact = byId.get(from)
    if (artifact === undefined || kind !== 'runs' || commanded.has(artifact.file)) continue
    const isProgram = artifact.kind === 'package' || artifact.id.startsWith(`${artifact.file}#bin.`)
    const path = repo.components.get(to)?.file ?? to
    // A program of the root manifest is not a tool, wherever it is.
    const isOwn = !artifact.file.includes('/') && isCode(repo.files.get(path))
    if (isProgram && (isOwn || isMain(path, repo))) named.set(path, installed.get(path) ?? artifact.name)
  }
  const ofGo = new Set(own.flatMap((one) => (one.ecosystem === 'go' ? one.programs.map(({ runs }) => runs) : [])))
  // Only tests import a program.
  const isImported = (path: string): boolean =>
    [...(repo.linksTo.get(path)?.keys() ?? [])].some(
      (from) => isCode(repo.files.get(from)) && !/^__(?:main|init)__\./.test(nameOf(from)),
    )
  const ofCommands = new Set(
    own.flatMap((one) => (one.ecosystem === 'pypi' ? one.programs.flatMap(({ runs }) => moduleFiles(runs)) : [])),
  )
  const isCalled = ({ path, text, language }: SourceFile): boolean => {
    // The command says more than the file that it calls.
    if (ofCommands.has(path)) return false
    if (MANAGE_FILE.test(path)) return true
    if (!MAIN_FILE.test(path) || !isMain(path, repo)) return false
    if (language === 'go') return ofGo.has(path)
    if (MAIN_FUNCTION.has(language ?? '')) return repo.tops.get(path)?.some(({ name }) => name === 'main') === true
    if (SERVED_FILE.test(path)) return SERVED_NAME.test(text ?? '')
    return !isImported(path)
  }
  const mains = inventory.files.filter((one) => named.has(one.path) || isCalled(one))
  const inFiles = new Set(mains.map(({ path }) => path))
  // In a library, a program that no manifest names is a tool or an example.
  const isLibrary = importedSurfaces(writing).length > 0 && calledInReadme(writing).size > 0
  const told = mains.filter(({ path }) => !isLibrary || named.has(path) || OF_USERS.test(path))
  const classes = [...repo.components.values()].filter(
    ({ name: own, parent, kind, file }) =>
      /^main$/i.test(own) &&
      parent !== null &&
      kind === 'method' &&
      isMain(file, repo) &&
      !inFiles.has(file) &&
      MAIN_IN_TYPE.has(repo.files.get(file)?.language ?? ''),
  )
  return [
    ...told.map(({ path }): Inline[] => {
      const name = named.get(path) ?? pythonModule(path)
      const sentence = docSentence(repo.fileDocs.get(path))
      return texts.launch.program(toFile(path), name === undefined ? null : [code(name)], sentence)
    }),
    // If there are many, they are not the subject of the repository.
    ...(classes.length > MAX_CLASSES || isLibrary ? [] : classes).map((main) =>
      texts.launch.mainIn(toEntry(main), toFile(main.file)),
    ),
  ]
}

/** `src/orbit/__main__.py` is run as `python -m orbit`. */
function pythonModule(path: string): string | undefined {
  const module = /^(?:src\/|lib\/)?(.+)\/__main__\.py$/.exec(path)?.[1]?.replaceAll('/', '.')
  return module !== undefined && /^[\w.]+$/.test(module) ? `python -m ${module}` : undefined
}

function file({ sources }: Writing, path: string): Inline[] {
  return sources.file(path)
}

/** A path in a manifest, linked if the repository contains it; built files are not in the repository. */
function pathOrCode(writing: Writing, target: string): Inline[] {
  const path = resolvePath('', target)
  if (path === null || !writing.repo.files.has(path)) return [code(target)]
  const source = sourceBehind(writing, path)
  const told = writing.repo.leaves.has(path) ? toFile(path, target) : writing.sources.file(path, target)
  return source === null ? told : [...told, ' → ', ...toFile(source)]
}

/**
 * The source file behind a program that only loads built code: the only file of the package with its name.
 *
 * `bin/orbit.mjs`, which imports `../dist/orbit.mjs` → `src/commands/orbit.ts`
 */
function sourceBehind({ repo }: Writing, path: string): string | null {
  const { text, lines = 0 } = repo.files.get(path) ?? {}
  if (text == null || lines > MAX_LOADER || (repo.links.get(path)?.size ?? 0) > 0) return null
  const line = text.split('\n').find((one) => one.includes('import') || one.includes('require'))
  const [, loaded] = LOADS.exec(line ?? '') ?? []
  const built = loaded === undefined ? null : resolvePath(path, loaded)
  if (built === null || repo.files.has(built)) return null
  const name = stemOf(built)
  const found = [...repo.leaves.keys()].filter(
    (other) => other !== path && stemOf(other) === name && SOURCE.test(other) && isMain(other, repo),
  )
  const [source] = found
  return found.length === 1 && source !== undefined ? source : null
}

const stemOf = (path: string): string => nameOf(path).replace(/\.\w+$/, '')

/** `flask.cli:main` → the files that may be that module. */
function moduleFiles(target: string): string[] {
  const path = (target.split(':')[0] ?? '').replaceAll('.', '/')
  return [`${path}.py`, `${path}/__init__.py`].flatMap((file) => [file, `src/${file}`])
}

/** `flask.cli:main` → the function, if the repository contains it. */
function pythonTarget(writing: Writing, target: string): Inline[] {
  const name = target.split(':')[1] ?? ''
  const files = new Set(moduleFiles(target))
  for (const path of writing.repo.leaves.keys()) {
    if (!files.has(path)) continue
    const own = name.split('[')[0]?.trim() ?? ''
    // The module may re-export a function that is defined elsewhere.
    const given = writing.analysis.exports[path]?.find((one) => one.name === own)?.to ?? `${path}#${own}`
    const found = writing.repo.components.get(given)
    if (found !== undefined) return writing.texts.launch.functionIn(toEntry(found), toFile(found.file))
  }
  return [code(target)]
}
