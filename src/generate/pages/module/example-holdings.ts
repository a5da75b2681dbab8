/** What examples show: the public names that they use. */

import { type Component, compareText } from '#generate/model.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { minor } from '#generate/pages/public-api/traits.ts'
import { isCode, isExample, isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { BUILDS, few, NOT_CODE } from '#generate/pages/words.ts'
import { toEntry, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'

const MAX_NAMES = 5

const BUILD_FILE =
  /(?:^|\/)(?:[^/]+\.gradle(?:\.kts)?|Package\.swift|build\.(?:rs|sbt|zig)|conanfile\.py|mix\.exs|setup\.py)$/

/** As a file is called that shows something. */
const NAMED = /^(?:demo|examples?|sample)(?:[._-][\w-]{1,60})?\.\w+$/i

/** `3 example files that use Printer, Input`; nothing where some are no examples, or use nothing that is public. */
export function exampleHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { repo, texts } = writing
  if (!files.every((path) => isExample(path, repo))) return []
  const shown = files.filter((path) => isShown(path, repo))
  const used = usedNames(writing, shown)
  if (used.length === 0) return []
  // What builds or starts them, in another language, shows nothing.
  const languages = new Set(shown.filter((path) => usedIn(writing, path)).map((path) => repo.files.get(path)?.language))
  const telling = shown.filter((path) => languages.has(repo.files.get(path)?.language))
  return texts.module.examplesUse(telling.length, used)
}

/** By its folder or by its name: `example.c` beside what it shows. */
export function isExampleFile(path: string, repo: RepoIndex): boolean {
  return isShown(path, repo) || (isCode(repo.files.get(path)) && NAMED.test(nameOf(path)))
}

/** `example: reads a plan`, by its own words; else by what it uses. */
export function exampleWords(writing: Writing, path: string, own: Inline[]): Inline[] {
  const { texts } = writing
  const used = own.length > 0 ? [] : usedNames(writing, [path])
  const words = used.length > 0 ? texts.links.uses.say(used) : own
  return words.length === 0 ? [] : texts.module.example(words)
}

/** Whether a file of examples is code that shows something: neither data nor what builds it. */
export function isShown(path: string, repo: RepoIndex): boolean {
  const language = repo.files.get(path)?.language ?? ''
  return isExample(path, repo) && !NOT_CODE.test(language) && !BUILDS.test(language) && !BUILD_FILE.test(path)
}

/** The public names that some files use, those of most first. */
export function usedNames(writing: Writing, files: readonly string[]): Inline[] {
  return few(
    usedBy(writing, files).map((component) => toEntry(component)),
    MAX_NAMES,
    writing.texts,
  )
}

const usedIn = (writing: Writing, path: string): boolean => usedBy(writing, [path]).length > 0

function usedBy(writing: Writing, files: readonly string[]): Component[] {
  const { repo } = writing
  const inside = new Set(files)
  const named = [...publicNames(writing).values()].flat().flatMap(({ component }) => component ?? [])
  // Where no manifest says what is offered, what the main code exports.
  const offered =
    named.length > 0
      ? named
      : [...repo.components.values()].filter(
          (one) =>
            one.exported && one.parent === null && minor(one) === 0 && isMain(one.file, repo) && !inside.has(one.file),
        )
  // The type of a value whose methods are called is used only where it is named.
  const isNamed = ({ kind, name }: Component, path: string): boolean =>
    !TYPES.has(kind) || repo.files.get(path)?.text?.includes(name) !== false
  return [...new Set(offered)]
    .map((component) => {
      const ends = [...(repo.users.get(component.id)?.keys() ?? [])]
      const users = new Set(ends.map((end) => repo.components.get(end)?.file ?? end))
      return { component, number: [...users].filter((path) => inside.has(path) && isNamed(component, path)).length }
    })
    .filter(({ number }) => number > 0)
    .sort((a, b) => b.number - a.number || compareText(a.component.id, b.component.id))
    .map(({ component }) => component)
}
