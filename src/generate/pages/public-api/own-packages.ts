/** Finds the main packages of a repository, and the commands that install them. */

import { memoized } from '#base/memoize.ts'
import { compareText, type Package, type Surface } from '#generate/model.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'

/** Limit on the programs of one package. */
const MAX_PROGRAMS = 3
/** Matches words that need no quotes in a command line. */
const PLAIN = /^[\w./@+:~-]+$/

/** The packages of an ecosystem are helpers if their folders hold less than one in this many files of the main code. */
const MAX_FILES_PER_HELPER = 100

/**
 * Packages at the top and around the main code: top-level packages first, then the one with the name of the repository, then
 * by path. Helpers in another language, such as the function behind a badge, are left out.
 */
export function ownPackages({ packages, repo, subject }: Pick<Writing, 'packages' | 'repo' | 'subject'>): Package[] {
  const counts = countsOfMain(repo)
  const rank = (one: Package): number => (one.folder === '' ? 0 : isNamedAs(one, subject.name) ? 1 : 2)
  const around = packages.filter(({ folder }) => folder === '' || counts.has(folder))
  const filesOf = (ecosystem: string): number =>
    around.reduce((sum, one) => sum + (one.ecosystem === ecosystem ? (counts.get(one.folder) ?? 0) : 0), 0)
  const min = (counts.get('') ?? 0) / MAX_FILES_PER_HELPER
  return around
    .filter((one) => rank(one) < 2 || filesOf(one.ecosystem) >= min)
    .sort((a, b) => rank(a) - rank(b) || compareText(a.manifest, b.manifest))
}

/** `group:artifact`, `@scope/name` and `vendor/name` end with the name; a package without a name has that of its folder. */
export const isNamedAs = ({ name, folder }: Pick<Package, 'name' | 'folder'>, subject: string): boolean =>
  (name ?? folder).split(/[:/]/).at(-1)?.toLowerCase() === subject.toLowerCase()

/** The published packages that the repository is named after; all of them if there is none. */
export function namesakePackages(writing: Pick<Writing, 'packages' | 'repo' | 'subject'>): Package[] {
  const own = publicPackages(writing)
  const named = own.filter(
    (one) => isNamedAs(one, writing.subject.name) && one.entries.length + one.programs.length > 0,
  )
  return named.length > 0 ? named : own
}

/** The numbers of main files in the folders that contain any, cached. */
const countsOfMain = memoized((repo: RepoIndex): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const path of repo.files.keys()) {
    if (!isMain(path, repo)) continue
    for (let folder = path; folder !== ''; ) {
      folder = folderOf(folder)
      counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
  }
  return counts
})

/** The published packages and the lists next to them; all packages if none is published. */
export function publicPackages(writing: Pick<Writing, 'packages' | 'repo' | 'subject'>): Package[] {
  const own = ownPackages(writing)
  const folders = new Set(own.flatMap(({ isPrivate, folder }) => (isPrivate ? [] : [folder])))
  return folders.size === 0
    ? own
    : own.filter(({ isPrivate, name, folder }) => !isPrivate || (name === null && folders.has(folder)))
}

/** The runtime that the package at the top or of the repository's name needs, otherwise the one that all packages of an ecosystem need. */
export function runtimeNeeded(writing: Pick<Writing, 'packages' | 'repo' | 'subject'>): string | undefined {
  const shown = publicPackages(writing)
  const isMain = (one: Package): boolean => one.folder === '' || isNamedAs(one, writing.subject.name)
  const isShared = ({ ecosystem, needs }: Package): boolean =>
    shown.every((other) => other.ecosystem !== ecosystem || other.needs === needs)
  return shown.find((one) => one.needs !== undefined && (isMain(one) || isShared(one)))?.needs
}

/** Whether a surface belongs to a package. */
const isSurfaceOf = (surface: Surface, { ecosystem, name, folder }: Package): boolean =>
  surface.ecosystem === ecosystem && surface.package === name && surface.folder === folder

/** The package of a surface. */
export const packageOf = ({ packages }: Pick<Writing, 'packages'>, surface: Surface): Package | undefined =>
  packages.find((one) => isSurfaceOf(surface, one))

/** Commands that install a package, for the JVM the line of a manifest. Private packages have none. */
export function installCommands(one: Package): string[] {
  const { name, isPrivate } = one
  return name === null || isPrivate || !PLAIN.test(name) ? [] : commandsFor(one, name)
}

/** Whether a Python version is a pre-release, such as `2.0rc1` or `2.0-beta` (PEP 440). Development versions such as `2.0.dev0` are not published. */
function isEarly(version: string | null): boolean {
  return version !== null && /^\d[\d.]*[-_]?(?:a|alpha|b|beta|c|rc|pre|preview)[-._]?\d*$/i.test(version)
}

/** Matches the extra of a Python package that its command needs. */
const OF_PROGRAM = /^(?:cli|cmd|command-?line|console)$/
/** Matches a version of the JVM that is published. */
const RELEASED = /^\d[\w.-]{0,40}$(?<!-SNAPSHOT)/

function commandsFor(one: Package, name: string): string[] {
  const { ecosystem, entries, programs, dependencies, folder, version, tag, isForDevelopment } = one
  const isProgram = programs.length > 0 && entries.length === 0
  switch (ecosystem) {
    case 'npm':
      // A manifest for scripts only is not published.
      if (programs.length + entries.length === 0) return []
      // A bare name installs `latest`, so other tags must be given.
      return [`npm install ${isProgram ? '--global ' : ''}${name}${tag === undefined ? '' : `@${tag}`}`]
    case 'jsr':
      return [`deno add jsr:${name}`]
    case 'pypi': {
      const command = `pip install ${isEarly(version) ? '--pre ' : ''}`
      const extra = programs.length === 0 ? undefined : dependencies.find(({ group }) => OF_PROGRAM.test(group ?? ''))
      return [command + name, ...(extra === undefined ? [] : [`${command}"${name}[${extra.group}]"`])]
    }
    case 'cargo': {
      const installed = programs.filter((program) => program.isOptional !== true)
      return [
        // A library with the name of a program is only for that program.
        ...(entries.length > 0 && !installed.some((program) => program.name === name) ? [`cargo add ${name}`] : []),
        ...(installed.length > 0 ? [`cargo install ${name}`] : []),
      ]
    }
    case 'go': {
      const within = (file: string): string =>
        file.slice(folder === '' ? 0 : folder.length + 1, Math.max(0, file.lastIndexOf('/')))
      const installed = (one.isBuiltInPlace === true ? [] : programs).map(({ runs }) =>
        [name, within(runs)].filter((part) => part !== '').join('/'),
      )
      const plain = installed.filter((path) => PLAIN.test(path)).slice(0, MAX_PROGRAMS)
      return [...(isProgram ? [] : [`go get ${name}`]), ...plain.map((path) => `go install ${path}@latest`)]
    }
    case 'rubygems':
      return [`gem install ${name}`]
    case 'packagist':
      return [`composer require ${isForDevelopment === true ? '--dev ' : ''}${name}`]
    case 'nuget':
      return [programs.length > 0 ? `dotnet tool install --global ${name}` : `dotnet add package ${name}`]
    // Development versions are not published, and coordinates alone cannot be installed.
    case 'maven':
      return version === null || !RELEASED.test(version) || name.includes('::')
        ? []
        : [`implementation("${name}:${version}")`]
    default:
      return []
  }
}
