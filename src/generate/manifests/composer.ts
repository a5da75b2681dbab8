/** Reads PHP's composer.json. */

import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import { readJson } from '#generate/formats/read-json.ts'
import type { Package } from '#generate/model.ts'
import { folderOf, joinPath, nameOf } from '#generate/paths.ts'
import { dependencies, newPackage } from './package-draft.ts'
import { scriptsIn } from './package-json.ts'
import type { RepositoryFiles } from './repository-files.ts'

export function readComposer(path: string, files: RepositoryFiles): Package | undefined {
  const manifest = files.values(path)
  if (manifest?.entries === undefined) return undefined
  const folder = folderOf(path)
  // `php` is the language; an extension such as `ext-zip` has to be installed, too.
  const names = (key: string): string[] =>
    entriesAt(manifest, key).flatMap((entry) => (/\/|^ext-/.test(entry.key) ? [entry.key] : []))
  const licences = textsOf(at(manifest, 'license'))
  return newPackage('packagist', path, {
    name: textAt(manifest, 'name'),
    version: textAt(manifest, 'version'),
    needs: ['PHP', textAt(manifest, 'require', 'php')],
    description: textAt(manifest, 'description'),
    licence: licences.length === 0 ? undefined : licences.join(' OR '),
    // A project is a template to start from, not a dependency.
    isPrivate: textAt(manifest, 'type') === 'project',
    isForDevelopment: textsOf(at(manifest, 'keywords')).some((one) => /^(?:dev|testing|static analysis)$/i.test(one)),
    dependencies: [...dependencies(names('require'), 'runtime'), ...dependencies(names('require-dev'), 'development')],
    programs: textsOf(at(manifest, 'bin')).map((bin) => ({
      name: nameOf(bin).replace(/\.php$/, ''),
      runs: files.fileAt(folder, bin) ?? bin,
    })),
    scripts: scriptsIn(manifest).map(({ name, commands }) => ({ name, command: commands.join(' && ') })),
    tools: ['composer'],
    entries: [
      ...['psr-4', 'psr-0']
        .flatMap((rule) => namespacesIn(manifest, folder, 'autoload', rule))
        .filter(({ file }) => files.isFolder(file)),
      ...['files', 'classmap'].flatMap((rule) =>
        textsOf(at(manifest, 'autoload', rule)).flatMap((written) => {
          const path = joinPath(folder, written)
          const file = path !== undefined && files.isFolder(path) ? path : files.fileAt(folder, written)
          return file === undefined ? [] : [{ subpath: '.', file }]
        }),
      ),
    ],
  })
}

/** The folders that a composer.json autoloads by namespace. `isForUsers` is false for those of `autoload-dev`. */
export function loadedFolders(path: string, text: string): [folder: string, isForUsers: boolean][] {
  const manifest = readJson(text)
  return ['autoload', 'autoload-dev'].flatMap((list) =>
    namespacesIn(manifest, folderOf(path), list, 'psr-4').map(({ file }): [string, boolean] => [
      file,
      list === 'autoload',
    ]),
  )
}

function namespacesIn(manifest: Located | undefined, folder: string, list: string, rule: string): Package['entries'] {
  return entriesAt(manifest, list, rule).flatMap(({ key, value }) =>
    textsOf(value).flatMap((written) => {
      const file = joinPath(folder, written)
      return file === undefined ? [] : [{ subpath: key, file }]
    }),
  )
}
