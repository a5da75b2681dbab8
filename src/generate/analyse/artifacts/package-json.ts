/** package.json of npm and pnpm-workspace.yaml: the package, its scripts, the files it names, the packages of its workspace. */

import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { targetsOf } from './commands.ts'
import type { Format } from './format.ts'
import { manifestOf } from './manifest-of.ts'
import type { Repository } from './repository.ts'
import { folderPlace } from './working-folder.ts'

const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
const MAX_EXPORTS = 500

export const packageJson: Format = {
  fits: (path) => nameOf(path) === 'package.json',
  read: (file, builder, repository) => {
    const manifest = manifestOf(repository.file(file.path))
    const folder = folderOf(file.path)
    const name = textAt(manifest, 'name')
    const whole = manifest === undefined ? undefined : { startLine: manifest.startLine, endLine: manifest.endLine }
    const detail = textAt(manifest, 'description') ?? ''
    const id =
      name === undefined || whole === undefined ? undefined : builder.add({ kind: 'package', name, ...whole, detail })

    for (const { key, startLine, value } of entriesAt(manifest, 'scripts')) {
      if (value.isString !== true || value.text === undefined) continue
      const script = { name: key, key: `scripts.${key}`, startLine, endLine: value.endLine, detail: value.text }
      const from = builder.add({ kind: 'script', ...script })
      const place = folderPlace(folder, repository)
      for (const { to, kind } of targetsOf(value.text, place, repository)) builder.link(from, to, kind)
    }
    for (const path of leavesOf(at(manifest, 'bin'))) builder.link(id, repository.fileAt(folder, path), 'runs')
    for (const key of ['main', 'module', 'types', 'browser', 'exports']) {
      for (const path of leavesOf(at(manifest, key))) builder.link(id, repository.fileAt(folder, path), 'uses')
    }
    const workspaces = at(manifest, 'workspaces', 'packages') ?? at(manifest, 'workspaces')
    for (const member of membersOf(textsOf(workspaces), folder, repository)) builder.link(id, member, 'uses')
    for (const key of DEPENDENCIES) {
      for (const { key: dependency, value } of entriesAt(manifest, key)) {
        if (value.text !== undefined)
          builder.link(id, dependencyId(dependency, value.text, folder, repository), 'depends-on')
      }
    }
  },
}

/** The id of the package declared by a package.json. */
function packageId(path: string | undefined, repository: Repository): string | undefined {
  const name = path === undefined ? undefined : textAt(manifestOf(repository.file(path)), 'name')
  return name === undefined ? undefined : `${path}#${name}`
}

/** Ids of the packages that workspace patterns match; patterns with `!` exclude. */
export function membersOf(patterns: readonly string[], folder: string, repository: Repository): string[] {
  const clean = (pattern: string): string => inFolder(folder, pattern.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, ''))
  const like = (pattern: string): string[] => repository.foldersLike(clean(pattern), 'package.json')
  const excluded = new Set(patterns.flatMap((one) => (one.startsWith('!') ? like(one.slice(1)) : [])))
  const found = patterns.flatMap((one) => (one.startsWith('!') ? [] : like(one)))
  return found
    .filter((one) => !excluded.has(one))
    .flatMap((one) => packageId(inFolder(one, 'package.json'), repository) ?? [])
}

/** The id of a local package; `undefined` unless the version refers to one. */
function dependencyId(name: string, version: string, folder: string, repository: Repository): string | undefined {
  if (version.startsWith('workspace:')) return packageId(repository.packageNamed(name), repository)
  const path = /^(?:file|link|portal):(.+)$/.exec(version)?.[1]
  const found = path === undefined ? undefined : repository.fileAt(folder, `${path}/package.json`)
  return packageId(found, repository)
}

/** The strings inside a value, which is a path or conditions with paths. */
function leavesOf(value: Located | undefined): string[] {
  const leaves: string[] = []
  const pending = value === undefined ? [] : [value]
  for (let next = pending.pop(); next !== undefined && leaves.length < MAX_EXPORTS; next = pending.pop()) {
    if (next.isString === true && next.text !== undefined) leaves.push(next.text)
    for (const item of next.items ?? []) pending.push(item)
    for (const { value: inner } of next.entries?.values() ?? []) pending.push(inner)
  }
  return leaves
}

/** The packages of a workspace of pnpm, which is not in package.json. */
export const pnpmWorkspace: Format = {
  fits: (path) => nameOf(path) === 'pnpm-workspace.yaml',
  read: (file, builder, repository) => {
    const folder = folderOf(file.path)
    const from = packageId(inFolder(folder, 'package.json'), repository) ?? file.path
    const patterns = textsOf(at(readYaml(file.text), 'packages'))
    for (const member of membersOf(patterns, folder, repository)) builder.link(from, member, 'uses')
  },
}
