/** Reads package.json of npm: dependencies by kind, programs, scripts, and the source files of entry points. */

import { findText } from '#base/find-text.ts'
import { append } from '#base/long-arrays.ts'
import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { EntryFiles } from './entry-files.ts'
import { dependencies, newPackage } from './package-draft.ts'
import { expandPattern } from './path-patterns.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** Conditions of `exports`, of which the importer chooses one; the first ones are most likely to point to the source. */
const CONDITIONS = ['source', 'development', 'import', 'module', 'node', 'default', 'require', 'browser', 'types']
const MAINS = ['source', 'module', 'main', 'browser', 'types', 'typings']
/** Fields of packages that others can use; a manifest without any of them belongs to an application. */
const OFFERS = [...MAINS, 'exports', 'bin', 'files', 'style', 'sass', 'svelte', 'directories', 'publishConfig']
/** Matches the names and folders of websites and of packages that build the documents. */
const SITE = /(?:^|[-_/])(?:docs?|documentation|homepage|site|website)$/
const MANAGERS = /^(npm|pnpm|yarn|bun)@/
const LOCKS: readonly (readonly [file: string, manager: string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
]
/** Limit on the entries of one package. */
const MAX_ENTRIES = 200
const MAX_LEAVES = 50
const MAX_PATTERNS = 30

export function readPackageJson(path: string, files: RepositoryFiles): Package | undefined {
  const manifest = files.values(path)
  if (manifest?.entries === undefined) return undefined
  const folder = folderOf(path)
  const name = textAt(manifest, 'name')
  const version = textAt(manifest, 'version')
  const sources = new EntryFiles(folder, files)
  const manager = MANAGERS.exec(textAt(manifest, 'packageManager') ?? '')?.[1]
  const lock = LOCKS.find(([file]) => files.isFile(inFolder(folder, file)))?.[1]
  const entries = entriesOf(manifest, name, sources, files)
  const programs = programsOf(manifest, name, sources)
  const isSite = entries.length + programs.length === 0 && (SITE.test(name ?? '') || SITE.test(folder))
  const isRoot = at(manifest, 'workspaces') !== undefined || files.isFile(inFolder(folder, 'pnpm-workspace.yaml'))
  return newPackage('npm', path, {
    name,
    version,
    tag:
      textAt(manifest, 'publishConfig', 'tag') ??
      (version?.includes('-') === true ? tagInScripts(manifest) : undefined),
    needs: ['Node.js', textAt(manifest, 'engines', 'node')],
    description: textAt(manifest, 'description'),
    licence: textAt(manifest, 'license') ?? textAt(manifest, 'license', 'type'),
    isPrivate:
      (at(manifest, 'private')?.text === 'true' && !isInstalledByReadme(name, folder, files)) ||
      (isRoot && version === undefined) ||
      // A website is not installed, an extension of an editor is installed from its marketplace, and the questions of `npm init` are
      // answered before a release.
      ((isSite || textAt(manifest, 'engines', 'vscode') !== undefined || isUnanswered(manifest)) &&
        !isInstalledByReadme(name, folder, files)) ||
      (!OFFERS.some((key) => at(manifest, key) !== undefined) && !files.isFile(inFolder(folder, 'index.js'))),
    dependencies: dependenciesOf(manifest),
    programs,
    scripts: scriptsIn(manifest).map(({ name, commands }) => ({ name, command: commands.join(' && ') })),
    tools: [manager ?? lock ?? 'npm'],
    entries,
  })
}

/** The scripts of a package.json or composer.json; only those of Composer can have several commands. */
export function scriptsIn(
  manifest: Located | undefined,
): { name: string; commands: string[]; startLine: number; endLine: number }[] {
  return entriesAt(manifest, 'scripts').flatMap(({ key, startLine, value }) => {
    const commands = textsOf(value)
    return commands.length === 0 ? [] : [{ name: key, commands, startLine, endLine: value.endLine }]
  })
}

/** Whether the description and the author are empty, as `npm init` writes them. */
function isUnanswered(manifest: Located): boolean {
  return ['description', 'author'].every((key) => at(manifest, key)?.text === '')
}

/** The tag under which a publish script releases a prerelease version. */
function tagInScripts(manifest: Located): string | undefined {
  for (const { value } of entriesAt(manifest, 'scripts').slice(0, MAX_SCRIPTS)) {
    const tag = PUBLISHES.exec(value.text?.slice(0, MAX_SCRIPT) ?? '')?.[1]
    if (tag !== undefined) return tag
  }
  return undefined
}

const PUBLISHES = /(?:\bpublish\b[^&|;]{0,200} --tag|--publishTag)[ =]([A-Za-z][\w-]{0,40})/
const MAX_SCRIPTS = 200
const MAX_SCRIPT = 2_000

/** Whether the README says how to install the package. A private manifest may have a published counterpart made by the build. */
function isInstalledByReadme(name: string | undefined, folder: string, files: RepositoryFiles): boolean {
  const readme = files.filesIn(folder).find((path) => /^readme\.(?:md|mdx)$/i.test(nameOf(path)))
  const text = readme === undefined ? undefined : files.text(readme).slice(0, MAX_README)
  if (name === undefined || name === '' || text === undefined) return false
  let at = findText(text, name)
  for (let count = 0; at >= 0 && count < MAX_MENTIONS; count++, at = findText(text, name, at + 1))
    if (INSTALLS.test(text.slice(Math.max(0, at - 60), at)) && !/^[\w/-]/.test(text.slice(at + name.length)))
      return true
  return false
}

const INSTALLS =
  /\b(?:npm (?:i|install|add)|(?:yarn|pnpm|bun) add|(?:pnpm|bun) (?:i|install))(?: -{1,2}[\w-]{1,20}){0,2} $/
const MAX_README = 100_000
const MAX_MENTIONS = 100

function dependenciesOf(manifest: Located): Dependency[] {
  const names = (key: string): string[] => entriesAt(manifest, key).map((entry) => entry.key)
  const optional = new Set(names('optionalDependencies'))
  const isOptionalPeer = (name: string): boolean =>
    at(manifest, 'peerDependenciesMeta', name, 'optional')?.text === 'true'
  const peers = names('peerDependencies')
  const development = names('devDependencies')
  // Bundlers copy some development dependencies into the package, with their own dependencies.
  const inlined = new Set(names('inlinedDependencies'))
  const needed = new Set([...names('dependencies'), ...development.filter((name) => inlined.has(name))])
  const runtime = [...needed].filter((name) => !optional.has(name))
  return [
    ...dependencies(runtime, 'runtime'),
    ...dependencies(
      peers.filter((name) => !isOptionalPeer(name)),
      'peer',
    ),
    ...dependencies([...optional, ...peers.filter(isOptionalPeer)], 'optional'),
    ...dependencies(development, 'development'),
  ]
}

function programsOf(manifest: Located, name: string | undefined, sources: EntryFiles): Package['programs'] {
  const bin = at(manifest, 'bin')
  const written: [string, Located][] =
    bin?.isString === true
      ? [[(name ?? '').replace(/^@[^/]*\//, ''), bin]]
      : entriesAt(bin).map(({ key, value }) => [key, value])
  return written.flatMap(([program, { text, isString }]) => {
    if (isString !== true || text === undefined) return []
    return [{ name: program, runs: sources.find(text) ?? text.replace(/^\.\//, '') }]
  })
}

function entriesOf(
  manifest: Located,
  name: string | undefined,
  sources: EntryFiles,
  files: RepositoryFiles,
): Package['entries'] {
  const own = name === undefined ? [] : [nameOf(name)]
  const exported = at(manifest, 'exports')
  const subpaths = exported === undefined ? mainOf(manifest) : subpathsOf(exported, mainsOf(manifest))
  const found: Package['entries'] = []
  let patterns = 0
  let isBundled = false
  for (const [subpath, targets] of subpaths) {
    if (found.length >= MAX_ENTRIES) break
    if (subpath.includes('*')) {
      // Files in a folder of bundles are not sources.
      const isOfBundles = isBundled && targets.some((target) => sources.statesBuilt(target))
      if (++patterns > MAX_PATTERNS || isOfBundles) continue
      append(found, expandPattern(subpath, targets, sources, files, MAX_ENTRIES - found.length))
      continue
    }
    // Style sheets and data are not modules.
    const codes = targets.filter((target) => !/\.(?:json|css|scss|less)$/.test(target))
    const direct = codes.map((target) => sources.find(target)).find((one) => one !== undefined)
    // The name of a bundle says nothing about its sources.
    const isBundle =
      codes.length > 0 && (direct === undefined || sources.isBuilt(direct) || sources.handsOnBuilt(direct))
    if (subpath === '.') isBundled = isBundle
    const file = (isBundle ? sources.named(subpath, own) : undefined) ?? direct
    if (file !== undefined) found.push({ subpath, file })
  }
  return found
}

/** Targets of the fields that are older than `exports`, best first. */
const mainsOf = (manifest: Located): string[] => MAINS.flatMap((key) => textAt(manifest, key) ?? [])

/** The main entry of a package without `exports`: the older fields, else Node's default. */
function mainOf(manifest: Located): [string, string[]][] {
  const mains = mainsOf(manifest)
  return [['.', mains.length === 0 ? ['./index.js'] : mains]]
}

/**
 * Subpaths with their candidate paths, best first; a subpath without paths is not exported. `.`, the package itself, comes first.
 *
 * @param mains - The older fields, which may point to the source when the target of `.` does not.
 */
function subpathsOf(exported: Located, mains: readonly string[]): [string, string[]][] {
  const entries = entriesAt(exported)
  const isMap = entries.length > 0 && entries.every(({ key }) => key.startsWith('.'))
  const pairs: [string, Located][] = isMap ? entries.map(({ key, value }) => [key, value]) : [['.', exported]]
  const sorted = pairs.toSorted(([a], [b]) => Number(b === '.') - Number(a === '.'))
  return sorted.map(([key, value]) => {
    const targets = leavesOf(value)
    return [key, key === '.' && targets.length > 0 ? [...targets, ...mains] : targets]
  })
}

/** The strings inside a value, in order of conditions, without recursion. */
export function leavesOf(value: Located | undefined, limit = MAX_LEAVES): string[] {
  const leaves: string[] = []
  const pending = value === undefined ? [] : [value]
  while (pending.length > 0 && leaves.length < limit) {
    const next = pending.pop()
    if (next?.isString === true && next.text !== undefined) leaves.push(next.text)
    append(pending, (next?.items ?? []).slice(0, limit).reverse())
    const conditions = entriesAt(next).slice(0, limit)
    conditions.sort((a, b) => rankOf(b.key) - rankOf(a.key))
    append(
      pending,
      conditions.map((entry) => entry.value),
    )
  }
  return leaves
}

function rankOf(condition: string): number {
  const rank = CONDITIONS.indexOf(condition)
  return rank < 0 ? CONDITIONS.length : rank
}
