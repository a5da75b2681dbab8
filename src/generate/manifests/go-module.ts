/** Reads go.mod: the module, its direct dependencies, and its folders with a `main` package. */

import { isSideline } from '#generate/beside-code.ts'
import { directivesOf, moduleIn } from '#generate/formats/go-mod-directives.ts'
import { constraintsOf, fits } from '#generate/go-platforms.ts'
import type { Package, SourceFile } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** Limit on the comments at the start of a file. */
const MAX_HEAD = 20_000

export function readGoModule(path: string, files: RepositoryFiles): Package | undefined {
  const directives = directivesOf(files.text(path))
  const name = moduleIn(directives)
  const of = (verb: string): string[] =>
    directives.flatMap((one) =>
      one.verb === verb && one.words[0] !== undefined && !one.isIndirect ? [one.words[0]] : [],
    )
  const folder = folderOf(path)
  const own = goFilesOf(folder, files)
  const programs = name === undefined ? [] : programsOf(name, folder, own, files)
  const tools = withParents(of('tool'))
  const required = of('require')
  const isOnlyTested = onlyTested(folder, files)
  return newPackage('go', path, {
    name,
    needs: ['Go', of('go')[0]],
    // Private: a name that cannot be downloaded, or a module with nothing to import or run.
    isPrivate:
      name === undefined ||
      !/^[^/]+\.[^/]/.test(name) ||
      INTERNAL.test(name) ||
      // Go looks for a module below the root in the folder at the end of its path.
      !`/${withoutMajor(name)}`.endsWith(withoutMajor(`/${folder}`)) ||
      (programs.length === 0 && !own.some((one) => isImportable(one, folder))),
    dependencies: [
      ...dependencies(
        required.filter((one) => !tools.has(one) && !isOnlyTested(one)),
        'runtime',
      ),
      ...dependencies(
        required.filter((one) => tools.has(one) || isOnlyTested(one)),
        'development',
      ),
    ],
    programs,
    isBuiltInPlace: of('replace').length + of('exclude').length > 0,
    tools: ['go'],
    entries: rootEntry(folder, own),
  })
}

const withoutMajor = (path: string): string => path.replace(/\/(?:v\d+)?$/, '')

const INTERNAL = /(?:^|\/)internal(?:\/|$)/

/** Whether other modules can import the package of a file: neither a program nor internal, nor beside the code. */
function isImportable({ file, name }: { file: SourceFile; name: string }, folder: string): boolean {
  const within = folderOf(file.path).slice(folder === '' ? 0 : folder.length + 1)
  return name !== 'main' && !INTERNAL.test(within) && !isSideline(within) && !isOfTools(file)
}

/** Whether only tests, examples and `tools.go` import packages of a module: go.mod does not distinguish them. */
function onlyTested(folder: string, files: RepositoryFiles): (required: string) => boolean {
  const imported = { code: new Set<string>(), tests: new Set<string>() }
  for (const file of files.from(folder === '' ? '' : `${folder}/`)) {
    if (!file.path.endsWith('.go')) continue
    // Files for the tag `tools` import what contributors run.
    const kind = file.role === 'test' || file.role === 'example' || isOfTools(file) ? 'tests' : 'code'
    for (const [, name = ''] of (file.text ?? '').slice(0, MAX_HEAD).matchAll(IMPORTED)) imported[kind].add(name)
  }
  const [code, tests] = [withParents(imported.code), withParents(imported.tests)]
  return (required) => tests.has(required) && !code.has(required)
}

/** The import paths of packages, and all paths above them, of which one is that of their module. */
function withParents(packages: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const one of packages)
    for (let path = one; path !== '' && !found.has(path); path = path.slice(0, Math.max(0, path.lastIndexOf('/'))))
      found.add(path)
  return found
}

/** A line that is or looks like an import. */
const IMPORTED = /^(?:import[ \t]+|[ \t]+)(?:[\w.]{1,60}[ \t]+)?"([\w./~-]{3,200})"[ \t]*(?:\/\/.*)?$/gm

/** The code of the module, without nested modules, tests and files with the `ignore` build tag. */
function goFilesOf(folder: string, files: RepositoryFiles): { file: SourceFile; name: string }[] {
  const prefix = folder === '' ? '' : `${folder}/`
  const others = new Set<string>()
  const code: SourceFile[] = []
  for (const file of files.from(prefix)) {
    if (nameOf(file.path) === 'go.mod' && folderOf(file.path) !== folder) others.add(`${folderOf(file.path)}/`)
    if (file.path.endsWith('.go') && file.role === 'code' && !file.vendored) code.push(file)
  }
  return code.flatMap((file) => {
    if (isBelow(file.path, others) || /(?:^|\/)(?:_|\.|testdata\/)/.test(file.path.slice(prefix.length))) return []
    const name = packageOf(file.text ?? '')
    return name === undefined ? [] : [{ file, name }]
  })
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    if (folders.has(path.slice(0, slash + 1))) return true
  return false
}

/** The name after `package`, which only comments may precede; `undefined` for a file that builds ignore. */
function packageOf(text: string): string | undefined {
  const head = text.slice(0, MAX_HEAD)
  for (let at = 0; at < head.length; ) {
    const isLine = head.startsWith('//', at)
    if (isLine || head.startsWith('/*', at)) {
      const end = head.indexOf(isLine ? '\n' : '*/', at)
      if (end < 0 || (isLine && /^\/\/\s?(?:go:build|\+build)\s+ignore\b/.test(head.slice(at, end)))) return undefined
      at = end + (isLine ? 1 : 2)
    } else if (/\s/.test(head[at] ?? '')) at++
    else return /^package\s+(\w+)/.exec(head.slice(at, at + 200))?.[1]
  }
  return undefined
}

/** The systems on which programs are installed, unlike `js/wasm`. */
const TARGETS = ['linux/amd64', 'darwin/arm64', 'windows/amd64', 'freebsd/amd64']

const isForSystems = ({ path, text }: SourceFile): boolean => {
  const constraints = constraintsOf(path, (text ?? '').slice(0, MAX_HEAD))
  return TARGETS.some((target) => fits(constraints, target))
}

/** Whether a file, such as `tools.go`, is compiled for the tag `tools` alone and only pins versions. */
const isOfTools = ({ text }: SourceFile): boolean =>
  /^\/\/(?:go:build|\s?\+build) tools\s*$/m.test((text ?? '').slice(0, MAX_HEAD))

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/
const MAX_WORKFLOW = 100_000
const MAX_README = 200_000
/** Limit on the characters of a path that the README names. */
const MAX_PATH = 300

/** The folders that CI runs with `go run ./…`: tools of the project, except in `cmd` and at the top. */
function runInWorkflows(folder: string, files: RepositoryFiles): ReadonlySet<string> {
  const found = new Set<string>()
  if (folder !== '') return found
  for (const { path, text } of files.from('.github/workflows/')) {
    if (!WORKFLOW.test(path)) continue
    const runs = (text ?? '').slice(0, MAX_WORKFLOW).matchAll(/\bgo run (?:-[\w=.-]{1,40} ){0,4}\.\/([\w./-]{1,120})/g)
    for (const [, run = ''] of runs) {
      const where = run.endsWith('.go') ? folderOf(run) : run.replace(/\/$/, '')
      if (where !== '' && !/(?:^|\/)cmd(?:\/|$)/.test(where)) found.add(where)
    }
  }
  return found
}

/**
 * A program for each folder, named as `go install` names it. Beside one with the name of the module, others are helpers, unless
 * the README names their folders.
 */
function programsOf(
  name: string,
  folder: string,
  own: readonly { file: SourceFile; name: string }[],
  files: RepositoryFiles,
): Package['programs'] {
  const tools = runInWorkflows(folder, files)
  const within = ({ path }: SourceFile): string => folderOf(path).slice(folder === '' ? 0 : folder.length + 1)
  // Programs in folders such as `internal/`, `tools/` and `examples/` are for contributors.
  const mains = own
    .filter(({ file }) => !INTERNAL.test(within(file)) && !isSideline(within(file)))
    .filter((one) => one.name === 'main' && /(?:^|\n)func main\(\)/.test(one.file.text ?? ''))
    .filter(({ file }) => isForSystems(file) && !tools.has(folderOf(file.path)))
  const byFolder = new Map(mains.toReversed().map(({ file }) => [folderOf(file.path), file.path]))
  const whole = nameOf(name.replace(/\/v\d+$/, ''))
  const programs = [...byFolder]
    .reverse()
    .map(([where, runs]) => ({ name: where === folder ? whole : nameOf(where), runs }))
  if (!programs.some((one) => one.name === whole)) return programs
  const mentioned = pathsIn(files.text(inFolder(folder, 'README.md')).slice(0, MAX_README))
  return programs.filter((one) => one.name === whole || mentioned.has(folderOf(one.runs)))
}

/** The paths in a text, and the ends of each: `a/b/c`, `b/c` and `c`. */
function pathsIn(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (const word of text.split(/[^\w./-]+/).filter(({ length }) => length <= MAX_PATH))
    for (let from = 0, slash = 0; slash >= 0; from = slash + 1) {
      found.add(word.slice(from))
      slash = word.indexOf('/', from)
    }
  return found
}

/** The package at the root of the module: `doc.go`, else the file named after the package, else the first file. */
function rootEntry(folder: string, own: readonly { file: SourceFile; name: string }[]): Package['entries'] {
  const root = own.filter((one) => folderOf(one.file.path) === folder && isImportable(one, folder))
  const names = ['doc.go', `${root[0]?.name ?? ''}.go`].map((name) => inFolder(folder, name))
  const file = names.find((name) => root.some((one) => one.file.path === name)) ?? root[0]?.file.path
  return file === undefined ? [] : [{ subpath: '.', file }]
}
