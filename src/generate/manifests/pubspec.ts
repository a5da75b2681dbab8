/** Reads pubspec.yaml of Dart. */

import { at, entriesAt, type Located, textAt } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import type { Package } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

/** No real manifest is longer, and YAML is slow to parse. */
const MAX_CHARACTERS = 50_000

export function readPubspec(path: string, files: RepositoryFiles): Package | undefined {
  const text = files.text(path)
  const manifest = text.length > MAX_CHARACTERS ? undefined : readYaml(text)
  const name = textAt(manifest, 'name')
  if (manifest === undefined || name === undefined) return undefined
  const folder = folderOf(path)
  // Packages that come with an SDK, such as Flutter, are not dependencies.
  const names = (key: string): string[] =>
    entriesAt(manifest, key).flatMap((entry) => (textAt(entry.value, 'sdk') === undefined ? [entry.key] : []))
  const library = files.at(folder, `lib/${name}.dart`)
  return newPackage('pub', path, {
    name,
    version: at(manifest, 'version')?.text,
    description: textAt(manifest, 'description'),
    isPrivate: textAt(manifest, 'publish_to') === 'none',
    dependencies: [
      ...dependencies(names('dependencies'), 'runtime'),
      ...dependencies(names('dev_dependencies'), 'development'),
    ],
    programs: entriesAt(manifest, 'executables').map(({ key, value }) => ({
      name: key,
      runs: `bin/${scriptOf(key, value)}.dart`,
    })),
    tools: [at(manifest, 'dependencies', 'flutter') === undefined ? 'dart' : 'flutter'],
    entries: library === undefined ? [] : [{ subpath: '.', file: library }],
  })
}

function scriptOf(program: string, value: Located): string {
  return value.isString === true && value.text !== undefined && value.text !== '' ? value.text : program
}
