/** Finds the programs of a repository that parse options, with the names that users type and their commands. */

import { greatest } from '#base/long-arrays.ts'
import { memoized } from '#base/memoize.ts'
import type { CommandLine, Package } from '#generate/model.ts'
import { importedSurfaces } from '#generate/pages/public-api/imported-surfaces.ts'
import { ownPackages, publicPackages } from '#generate/pages/public-api/own-packages.ts'
import { isToolFile } from '#generate/pages/public-api/traits.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { helpPrograms } from './help-text.ts'

export interface Program {
  readonly name: string
  readonly line: CommandLine
  readonly commands: readonly { name: string; line: CommandLine }[]
}

const programsKnown = new WeakMap<Writing, Program[]>()

/** Programs in the main code, those with most options first. */
export function programsOf(writing: Writing): Program[] {
  const known = programsKnown.get(writing) ?? findPrograms(writing)
  programsKnown.set(writing, known)
  return known
}

function findPrograms(writing: Writing): Program[] {
  const { analysis, repo } = writing
  const { commandLines } = analysis
  const names = nameProgram(writing)
  const { isStart, isStarted } = startsIn(writing)
  const offers = ownPackages(writing).some(({ programs }) => programs.length > 0)
  const isLibrary = importedSurfaces(writing).length > 0
  const isTool = isOfTools(writing)
  const programs = commandLines.flatMap((line, at): (Program & { isNamed: boolean })[] => {
    if (line.parent >= 0 || !isMain(line.file, repo) || isToolFile(line.file) || FIXTURE.test(line.file)) return []
    const { name: own, isNamed, isOffered } = names(line)
    const name = asTyped(own, isOffered, line, repo)
    if (name === undefined) return []
    // A module beside the installed programs is run only if documents say so.
    if (!isNamed && offers && line.file.endsWith('.py') && !namedInDocuments(writing).has(nameOf(line.file))) return []
    // A file that only creates the parser is not a command.
    if (!isNamed && (!isStart(line) || CLASS_FILE.test(name))) return []
    const isRun = isStarted(line) || (isOffered && !/\.(?:go|rs)$/.test(line.file))
    if (!isRun || isUnpublished(writing, line.file)) return []
    // If a package installs programs, other scripts are for contributors, as are scripts without a name in a library,
    // and what is not a program of Cargo.
    const isScript = !isNamed || line.file.endsWith('.rs')
    if (!isOffered && (offers || (isScript && (isLibrary || isTool(line.file))))) return []
    const paths = new Map([[at, name]])
    const commands: { name: string; line: CommandLine }[] = []
    for (const [index, one] of commandLines.entries()) {
      const above = paths.get(one.parent)
      // Tests may add commands to programs.
      if (above === undefined || one.parent < 0 || !isMain(one.file, repo)) continue
      const path = `${above} ${one.name}`
      paths.set(index, path)
      commands.push({ name: path, line: one })
    }
    return [{ name, isNamed, line, commands }]
  })
  const size = ({ line, commands }: Program): number =>
    line.options.length + commands.reduce((sum, one) => sum + 1 + one.line.options.length, 0)
  if (programs.length === 0) return helpPrograms(writing)
  return programs.sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || size(b) - size(a))
}

/** What users type. A Python module, `orbit.web`, is run with `-m` if its file calls the parser; otherwise it is not a command. */
function asTyped(
  name: string,
  isOffered: boolean,
  { file, component }: CommandLine,
  repo: RepoIndex,
): string | undefined {
  if (isOffered || !file.endsWith('.py') || !/^\w+\.(?!py$)[\w.]+$/.test(name)) return name
  const path = `/${name.replaceAll('.', '/')}`
  const isCalled = component === null || repo.users.get(component)?.has(file) === true
  const isModule = [`${path}.py`, `${path}/__main__.py`].some((end) => `/${file}`.endsWith(end))
  return isModule && isCalled ? `python -m ${name}` : undefined
}

/** The names of Python files in documents. */
const namedInDocuments = memoized(
  ({ inventory }: Writing): ReadonlySet<string> =>
    new Set(
      inventory.files.filter(isDocument).flatMap(({ text }) => text?.match(/(?<![\w-])[\w-]{1,100}\.py\b/g) ?? []),
    ),
)

/** Whether a file is in an unpublished package next to a published library, so it is a developer tool. */
function isUnpublished(writing: Writing, file: string): boolean {
  const isIn = ({ folder }: Package): boolean => folder === '' || file.startsWith(`${folder}/`)
  const [own] = writing.packages.filter(isIn).sort((a, b) => b.folder.length - a.folder.length)
  const isLibrary = publicPackages(writing).some((one) => !one.isPrivate && one.entries.length > 0)
  return own?.isPrivate === true && own.folder !== '' && isLibrary
}

/** Maximum share of a language that is only used for tools: a Python script that releases a Java program. */
const MAX_TOOLS = 0.1

function isOfTools({ inventory, repo }: Writing): (file: string) => boolean {
  const lines = new Map<string | null, number>()
  for (const one of inventory.files)
    if (isMain(one.path, repo)) lines.set(one.language, (lines.get(one.language) ?? 0) + one.lines)
  const most = greatest([...lines.values(), 0])
  return (file) => (lines.get(repo.files.get(file)?.language ?? null) ?? 0) < most * MAX_TOOLS
}

/** Matches files that are not run by name, unlike scripts. */
const CLASS_FILE = /\.(?:java|kt|rb|scala|swift)$/
/** Files of languages in which code that parses options without an entry of a program is a library or a test. */
const WITH_ENTRY = /\.(?:cs|go|java|js|kt|mjs|php|py|rb|rs|ts)$/
/** Matches files that are entries by their names. */
const ENTRY = /(?:^|\/)(?:__main__\.py|Program\.cs|(?:bin|exe)\/[^/]+|(?:cli|main)\.m?[jt]s)$/
/** Matches programs that only tests run: `src/bin/stdio-fixture.rs`. */
const FIXTURE = /[/_-]fixtures?[/.]/
/** Matches a Go package for tests, such as `httptest`. */
const FOR_TESTS = /(?:^|\/)\w+test\/[^/]+\.go$/

interface Starts {
  /** Whether options are parsed where a program begins: beside its main function, or at the top level of a file. */
  isStart: (line: CommandLine) => boolean
  /** Whether they may belong to a program that begins elsewhere in the main code. */
  isStarted: (line: CommandLine) => boolean
}

function startsIn({ repo }: Writing): Starts {
  // The files of a program of Go are one package.
  const homeOf = (file: string): string => (file.endsWith('.go') ? `${folderOf(file)}/*.go` : file)
  const mains = [...repo.components.values()].flatMap(({ name, kind, file }) =>
    /^main$/i.test(name) && /^(?:function|method)$/.test(kind) ? file : [],
  )
  const files = [...mains, ...[...repo.files.keys()].filter((path) => ENTRY.test(path))]
  const homes = new Set(files.map(homeOf))
  const started = new Set(files.filter((path) => isMain(path, repo)).map(extensionOf))
  const isStart = ({ file, component }: CommandLine): boolean => {
    const own = repo.components.get(component ?? '')
    const isTop = own === undefined || (own.kind === 'constant' && own.parent === null)
    return !WITH_ENTRY.test(file) || homes.has(homeOf(file)) || isTop || repo.users.get(own.id)?.has(file) === true
  }
  return {
    isStart,
    isStarted: (line) => isStart(line) || (started.has(extensionOf(line.file)) && !FOR_TESTS.test(line.file)),
  }
}

/** The function that a script of Python runs: `main` of `orbit.cli:main`. */
const functionOf = (target: string): string | undefined => target.split(':')[1]

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** Determines the name of a program: from its code, its package, its folder or its file. */
function nameProgram(writing: Writing): (line: CommandLine) => { name: string; isNamed: boolean; isOffered: boolean } {
  const { repo, subject, analysis } = writing
  const offered = ownPackages(writing).flatMap(({ programs, folder }) =>
    programs.filter(({ runs }) => !FIXTURE.test(runs)).map((one) => ({ ...one, folder })),
  )
  const roots = analysis.commandLines.filter(
    ({ parent, file }) => parent < 0 && isMain(file, repo) && !FIXTURE.test(file),
  )
  const homes = offered.map(({ runs }) => runs)
  const mains = new Set([...repo.components.values()].flatMap((one) => (one.name === 'main' ? folderOf(one.file) : [])))
  /** Whether a file belongs to another program of Go, which begins in its folder. */
  const isOtherOfGo = (file: string, program?: (typeof offered)[number]): boolean =>
    file.endsWith('.go') && folderOf(file) !== folderOf(program?.runs ?? '') && mains.has(folderOf(file))
  const makers = roots.filter(({ name, file }) => name === '' && isOfProgram(homes, file))
  /** The command named like the package, if the only parser in its files is not that of another command. */
  const ofPackage = (file: string): (typeof offered)[number] | undefined =>
    makers.length === 1 && makers[0]?.file === file ? offered.find((one) => one.name === subject.name) : undefined
  return ({ name, file, component }) => {
    const own = repo.components.get(component ?? '')?.name
    const runs = (target: string): boolean => {
      const [module = ''] = target.split(':')
      const called = functionOf(target)
      const path = module.replaceAll('.', '/')
      const isFile =
        target === file ||
        target === `./${file}` ||
        [`/${path}.py`, `/${path}/__init__.py`].some((end) => `/${file}`.endsWith(end)) ||
        isOnlyOfCrate(target, file, roots)
      return (
        isFile &&
        (called === undefined ||
          own === undefined ||
          called === own ||
          roots.filter((one) => one.file === file).length === 1)
      )
    }
    const [only] = offered
    const isOnly = offered.length === 1 && roots.length === 1 && !isOtherOfGo(file, only)
    const found =
      // Of several programs that begin in a file, the one whose function parses the options.
      offered.find((one) => own !== undefined && functionOf(one.runs) === own && runs(one.runs)) ??
      offered.find((one) => runs(one.runs)) ??
      (isOnly && hasFilesLike(repo, only?.folder ?? '', file) ? only : undefined) ??
      (name === '' ? ofPackage(file) : undefined)
    // It has the name of an installed program, or is in the files of one.
    const isOffered = found !== undefined || offered.some((one) => one.name === name) || isOfProgram(homes, file)
    // Users type the name that a package installs, whatever the code says.
    if (found !== undefined && !offered.some((one) => one.name === name))
      return { name: found.name, isNamed: true, isOffered }
    if (name !== '') return { name, isNamed: true, isOffered }
    const folder = nameOf(folderOf(file))
    // A program of C has no manifest that names it. One in a folder of its own is another program.
    if (roots.length === 1 && /\.c(?:c|pp|xx)?$/.test(file) && OF_WHOLE.test(folder))
      return { name: subject.name, isNamed: true, isOffered }
    // A package of Go without a main function is not a program.
    const isPart = file.endsWith('.go') && !mains.has(folderOf(file))
    if (/^(?:main|index|cli)\.\w+$/.test(nameOf(file)) && !isPart)
      return { name: OF_WHOLE.test(folder) ? subject.name : folder, isNamed: true, isOffered }
    return { name: nameOf(file), isNamed: false, isOffered }
  }
}

/** Whether a folder has files with the extension of another file, so that its program may be written in that language. */
const hasFilesLike = (repo: RepoIndex, folder: string, file: string): boolean =>
  folder === '' ||
  [...repo.files.keys()].some((path) => path.startsWith(`${folder}/`) && extensionOf(path) === extensionOf(file))

/** Matches folders whose programs are named like the repository. */
const OF_WHOLE = /^(?:src|cmd|bin|lib|source|)$/

/** Whether a Rust file has the only options of the crate of which the target is `src/main.rs`. */
function isOnlyOfCrate(target: string, file: string, roots: readonly CommandLine[]): boolean {
  const [, folder] = /^(?:\.\/)?((?:[^/]+\/)*src\/)main\.rs$/.exec(target) ?? []
  if (folder === undefined || !file.endsWith('.rs') || !file.startsWith(folder)) return false
  return roots.filter((one) => one.file.startsWith(folder)).length === 1
}

/**
 * Whether a file is next to the entry of a program, or in a folder for command lines below it: `orbit/cli/args.py` of
 * `orbit.main:run`.
 */
function isOfProgram(runs: readonly string[], file: string): boolean {
  const plain = (path: string): string => path.replace(/^(?:\.\/)?(?:(?:src|lib)\/)?/, '')
  return runs.some((target) => {
    const [module = ''] = target.split(':')
    const isPath = module.includes('/') || /\.(?:[cm]?[jt]s|go|rs|rb|php)$/.test(module)
    const home = folderOf(plain(isPath ? module : module.replaceAll('.', '/')))
    const folder = folderOf(plain(file))
    return home !== '' && (folder === home || (folder.startsWith(`${home}/`) && COMMANDS.test(folder)))
  })
}

const COMMANDS = /(?:^|\/)(?:cli|cmd|commands?)(?:\/|$)/
