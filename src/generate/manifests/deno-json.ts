/** Reads deno.json: tasks, exports, and imports from JSR and npm. */

import { at, entriesAt, textAt, textsOf } from '#generate/formats/located.ts'
import type { Package } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { dependencies, newPackage } from './package-draft.ts'
import type { RepositoryFiles } from './repository-files.ts'

export function readDenoJson(path: string, files: RepositoryFiles): Package | undefined {
  const manifest = files.values(path)
  if (manifest?.entries === undefined) return undefined
  const exported = at(manifest, 'exports')
  const entries: [string, string | undefined][] =
    exported?.isString === true
      ? [['.', exported.text]]
      : entriesAt(exported).map(({ key, value }) => [key, value.text])
  return newPackage('jsr', path, {
    name: textAt(manifest, 'name'),
    version: textAt(manifest, 'version'),
    licence: textAt(manifest, 'license'),
    isPrivate: exported === undefined,
    dependencies: dependencies(
      entriesAt(manifest, 'imports').flatMap(({ value }) => nameIn(value.text ?? '') ?? []),
      'runtime',
    ),
    scripts: entriesAt(manifest, 'tasks').flatMap(({ key, value }) => {
      const needed = textsOf(at(value, 'dependencies')).map((name) => `deno task ${name}`)
      const command = value.isString === true ? value.text : (textAt(value, 'command') ?? needed.join(' && '))
      return command === undefined ? [] : [{ name: key, command }]
    }),
    tools: ['deno'],
    entries: entries.flatMap(([subpath, written]) => {
      const file = written === undefined ? undefined : files.fileAt(folderOf(path), written)
      return file === undefined ? [] : [{ subpath, file }]
    }),
  })
}

/** The package of a specifier: `@std/path` for `jsr:@std/path@^1`, `chalk` for `npm:chalk@5/x`. */
function nameIn(specifier: string): string | undefined {
  return /^(?:jsr|npm):\/?((?:@[\w.-]{1,100}\/)?[\w.-]{1,100})/.exec(specifier)?.[1]
}
