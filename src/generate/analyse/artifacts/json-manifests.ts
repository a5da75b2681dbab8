/** package.json of npm, with pnpm-workspace.yaml, and composer.json of PHP: packages, their scripts, the files that they name. */

import { at, entriesAt, type Located, textsOf } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import { leavesOf, scriptsIn } from '#generate/manifests/package-json.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'
import { targetsOf } from './commands.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'
import { folderPlace } from './working-folder.ts'

const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
const MAX_EXPORTS = 500

export const packageJson: Format = {
  fits: (path) => nameOf(path) === 'package.json',
  read: (file, builder, repository) => {
    const manifest = repository.values(file.path)
    const folder = folderOf(file.path)
    const id = builder.addPackage(manifest)
    addScripts(manifest, builder, repository)
    for (const path of leavesOf(at(manifest, 'bin'))) builder.link(id, repository.fileAt(folder, path), 'runs')
    for (const key of ['main', 'module', 'types', 'browser', 'exports']) {
      for (const path of leavesOf(at(manifest, key), MAX_EXPORTS))
        builder.link(id, repository.fileAt(folder, path), 'uses')
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

export const composer: Format = {
  fits: (path) => nameOf(path) === 'composer.json',
  read: (file, builder, repository) => {
    const manifest = repository.values(file.path)
    const folder = folderOf(file.path)
    const id = builder.addPackage(manifest)
    addScripts(manifest, builder, repository)
    for (const path of textsOf(at(manifest, 'bin'))) builder.link(id, repository.fileAt(folder, path), 'runs')
    for (const key of ['autoload', 'autoload-dev']) {
      for (const path of textsOf(at(manifest, key, 'files'))) builder.link(id, repository.fileAt(folder, path), 'uses')
    }
  },
}

function addScripts(manifest: Located | undefined, builder: ArtifactBuilder, repository: Repository): void {
  const place = folderPlace(folderOf(builder.path), repository)
  for (const { name, commands, startLine, endLine } of scriptsIn(manifest)) {
    const script = { name, key: `scripts.${name}`, startLine, endLine, detail: commands.join(' && ') }
    const from = builder.add({ kind: 'script', ...script })
    for (const command of commands) {
      // Composer runs another script by `@name`.
      const other = /^@(?!php |composer )([^ ]*)/.exec(command)?.[1]
      if (other !== undefined) builder.link(from, `${builder.path}#scripts.${other}`, 'runs')
      else
        for (const { to, kind } of targetsOf(command.replace(/^@/, ''), place, repository)) builder.link(from, to, kind)
    }
  }
}

/** Ids of the packages that workspace patterns match; patterns with `!` exclude. */
export function membersOf(patterns: readonly string[], folder: string, repository: Repository): string[] {
  const clean = (pattern: string): string => inFolder(folder, pattern.replace(/^\.\//, '').replace(/(?<!\/)\/+$/, ''))
  const like = (pattern: string): string[] => repository.foldersLike(clean(pattern), 'package.json')
  const excluded = new Set(patterns.flatMap((one) => (one.startsWith('!') ? like(one.slice(1)) : [])))
  const found = patterns.flatMap((one) => (one.startsWith('!') ? [] : like(one)))
  return found
    .filter((one) => !excluded.has(one))
    .flatMap((one) => repository.packageId(inFolder(one, 'package.json'), 'name') ?? [])
}

/** The id of a local package; `undefined` unless the version refers to one. */
function dependencyId(name: string, version: string, folder: string, repository: Repository): string | undefined {
  if (version.startsWith('workspace:')) return repository.packageId(repository.packageNamed(name), 'name')
  const path = /^(?:file|link|portal):(.+)$/.exec(version)?.[1]
  const found = path === undefined ? undefined : repository.fileAt(folder, `${path}/package.json`)
  return repository.packageId(found, 'name')
}

/** The packages of a workspace of pnpm, which is not in package.json. */
export const pnpmWorkspace: Format = {
  fits: (path) => nameOf(path) === 'pnpm-workspace.yaml',
  read: (file, builder, repository) => {
    const folder = folderOf(file.path)
    const from = repository.packageId(inFolder(folder, 'package.json'), 'name') ?? file.path
    const patterns = textsOf(at(readYaml(file.text), 'packages'))
    for (const member of membersOf(patterns, folder, repository)) builder.link(from, member, 'uses')
  },
}
