/** Determines the purpose of folders from all files of a repository if the name alone is misleading. */

import { Incidents } from '#generate/incidents.ts'
import { loadedFolders } from '#generate/manifests/composer.ts'
import type { SourceFile } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { typeOfLanguage } from './languages.ts'
import { exampleFolderOf, type Folders, roleOf } from './roles.ts'

/** Manifests of separately built units. */
const UNIT =
  /^(?:package\.json|pyproject\.toml|setup\.py|Cargo\.toml|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|[\w.-]{1,100}\.gemspec)$/
/** Units nested deeper are ignored. */
const MAX_DEPTH = 8
/** If main code is at most this share of a unit, its examples count as the main code. */
const MIN_MAIN_SHARE = 1 / 20

/** Exports the class that a file `test.js` is named after. */
const EXPORTED_TEST =
  /^(?:export (?:default )?(?:abstract )?class|export (?:default|\{)|(?:module\.)?exports(?:\.Test)? =) Test\b/m

export function foldersOf(files: readonly SourceFile[], incidents = new Incidents()): Folders {
  const python = new Set<string>()
  const units = new Set<string>([''])
  const loaded = new Map<string, boolean>()
  const tests = new Set<string>()
  const offered = new Set<string>()
  for (const { path, text } of files) {
    const name = nameOf(path)
    if (name.endsWith('.t') && nameOf(folderOf(path)) === 't') tests.add(folderOf(path))
    if (name === 'spec_helper.rb' || name === 'test_helper.rb') tests.add(folderOf(path))
    if (/^test\.[cm]?[jt]s$/.test(name) && EXPORTED_TEST.test(text ?? '')) offered.add(path)
    if (name === '__init__.py') python.add(folderOf(path))
    else if (UNIT.test(name)) units.add(folderOf(path))
    if (name === 'composer.json')
      for (const [folder, isForUsers] of loadedFolders(path, text ?? '')) loaded.set(folder, isForUsers)
  }
  const isLoaded = (folder: string): boolean | undefined => loaded.get(folder)
  const isOfTests = (folder: string): boolean => tests.has(folder)
  const isOffered = (path: string): boolean => offered.has(path)
  const isPython = (folder: string): boolean => python.has(folder)
  const isPackage = (folder: string): boolean =>
    units.has(folder) || (python.has(folder) && python.has(folderOf(folder)))
  /** Bytes of code in each unit, nested units included. */
  const code = new Map<string, { main: number; example: number }>()
  const about = { stage: 'inventory', fileOf: ({ path }: SourceFile) => path }
  incidents.each(files, about, ({ path, language, bytes, generated, vendored }) => {
    if (generated || vendored || language === null || typeOfLanguage(language) !== 'code') return
    const role = roleOf(path, language, false, {
      isPackage,
      isPython,
      isLoaded,
      isOfTests,
      isOffered,
      isMain: () => false,
    })
    if (role !== 'code' && role !== 'example') return
    // An example counts towards the units that contain its folder of examples.
    const inside = role === 'example' ? (exampleFolderOf(path) ?? '') : path
    for (const unit of around(inside)) {
      if (!units.has(unit)) continue
      const sum = code.get(unit) ?? { main: 0, example: 0 }
      code.set(unit, sum)
      sum[role === 'example' ? 'example' : 'main'] += bytes
    }
  })
  const isMain = (folder: string): boolean => {
    const unit = around(folder).findLast((one) => units.has(one)) ?? ''
    const { main, example } = code.get(unit) ?? { main: 0, example: 0 }
    return example > 0 && main <= (main + example) * MIN_MAIN_SHARE
  }
  return { isPackage, isPython, isLoaded, isOfTests, isOffered, isMain }
}

/** The folders that contain a path, outermost first. */
function around(path: string): string[] {
  const found = ['']
  for (let slash = path.indexOf('/'); slash > 0 && found.length <= MAX_DEPTH; slash = path.indexOf('/', slash + 1))
    found.push(path.slice(0, slash))
  return found
}
