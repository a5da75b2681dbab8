/** How much a module holds: its files and lines, and the languages that are more than a trace of them. */

import type { Module, SourceFile } from '#generate/model.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { testFiles } from '#generate/pages/usage/test-files.ts'
import { languageName } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { code, type Inline, join } from '#markdown/build.ts'
import { folderLabels } from './folder-label.ts'

/** Languages with a smaller share of files and of lines are not named. */
const MIN_SHARE = 0.05
const MAX_LANGUAGES = 3

const known = new WeakMap<Survey, ReadonlyMap<Module, SourceFile[]>>()

/**
 * Its folder, `15 files, 2,392 lines`, its languages with the most lines first; where other files are among them, what is of
 * each language. Tests beside code are counted apart, as on the overview.
 */
export function folderFacts(writing: Writing, module: Module): Inline[][] {
  const { survey, texts, inventory } = writing
  const all = (survey.filesIn.get(module) ?? []).flatMap((path) => survey.files.get(path) ?? [])
  const isTests = all.every(({ role }) => role === 'test')
  const own = isTests ? all : all.filter(({ role }) => role !== 'test')
  const tests = isTests ? 0 : all.filter(({ path }) => testFiles(writing).has(path)).length
  const files = [...own, ...(besideIn(survey).get(module) ?? [])]
  const isFolder = module.path !== '' && module.id === module.path
  // What is too large to be read is a file all the same.
  const unread = isFolder ? inventory.skipped.filter(({ path }) => path.startsWith(`${module.path}/`)).length : 0
  const languages = languagesOf(own.length > 0 ? own : files)
  const sizeOf = (some: readonly SourceFile[]): string =>
    texts.files(some.length) + texts.comma + texts.lines(some.reduce((sum, file) => sum + file.lines, 0))
  const isMixed =
    languages.length > 0 && (unread > 0 || files.some(({ language }) => !languages.includes(language ?? '')))
  const names = languages.map((one) => languageName(one, texts))
  const labels = folderLabels(survey, module).filter((label) => label !== `${module.title}/`)
  return [
    ...(labels.length === 0
      ? []
      : [
          join(
            labels.map((label) => [code(label)]),
            texts.comma,
          ),
        ]),
    ...(isMixed
      ? [
          [texts.files(files.length + unread)],
          ...languages.map((one, at): Inline[] => [
            names[at] + texts.colon + sizeOf(files.filter(({ language }) => language === one)),
          ]),
        ]
      : [[sizeOf(files)], ...(names.length > 0 ? [[names.join(texts.comma)]] : [])]),
    ...(tests > 0 ? [[texts.testFiles(tests)]] : []),
  ]
}

/** With the most lines first. */
export function languagesOf(files: readonly SourceFile[]): string[] {
  const counts = new Map<string, { files: number; lines: number }>()
  for (const { language, lines } of files) {
    if (language === null) continue
    const found = counts.get(language) ?? { files: 0, lines: 0 }
    counts.set(language, { files: found.files + 1, lines: found.lines + lines })
  }
  const total = files.reduce((sum, file) => sum + file.lines, 0)
  return [...counts]
    .filter(([, one]) => one.files >= files.length * MIN_SHARE && one.lines >= total * MIN_SHARE)
    .sort(([, a], [, b]) => b.lines - a.lines || b.files - a.files)
    .slice(0, MAX_LANGUAGES)
    .map(([language]) => language)
}

/** Files that are in no module, such as man pages and pictures, by the modules whose folders they lie in. */
function besideIn(survey: Survey): ReadonlyMap<Module, SourceFile[]> {
  const found = known.get(survey)
  if (found !== undefined) return found
  const homes = new Map<string, Module>()
  for (const module of survey.around.keys())
    if (module.path !== '' && module.id === module.path && !homes.has(module.path)) homes.set(module.path, module)
  const beside = new Map<Module, SourceFile[]>()
  for (const file of survey.files.values()) {
    if (survey.leaves.has(file.path)) continue
    let folder = folderOf(file.path)
    while (folder !== '' && !homes.has(folder)) folder = folderOf(folder)
    const home = homes.get(folder)
    for (const module of home === undefined ? [] : (survey.around.get(home) ?? [])) {
      const list = beside.get(module)
      if (list === undefined) beside.set(module, [file])
      else list.push(file)
    }
  }
  known.set(survey, beside)
  return beside
}
