/** Describes examples by the public names that they use. */

import { type Component, compareText } from '#generate/model.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { minor } from '#generate/pages/public-api/traits.ts'
import { isCode, isExample, isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { BUILDS, NOT_CODE } from '#generate/pages/words.ts'
import { toEntry, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { type Inline, join } from '#markdown/build.ts'

const MAX_NAMES = 5

const BUILD_FILE =
  /(?:^|\/)(?:[^/]+\.gradle(?:\.kts)?|Package\.swift|build\.(?:rs|sbt|zig)|conanfile\.py|mix\.exs|setup\.py)$/

/** Names of example files. */
const NAMED = /^(?:demo|examples?|sample)(?:[._-][\w-]{1,60})?\.\w+$/i

/** `3 example files that use Printer, Input`; empty if not all files are examples, or if they use no public names. */
export function exampleHoldings(writing: Writing, files: readonly string[]): Inline[] {
  const { repo, texts } = writing
  if (!files.every((path) => isExample(path, repo))) return []
  const shown = files.filter((path) => isShown(path, repo))
  const using = shown.filter((path) => usedIn(writing, path))
  // Files in other languages only build or start the examples.
  const languages = new Set(using.map((path) => repo.files.get(path)?.language))
  const counted = shown.filter((path) => languages.has(repo.files.get(path)?.language))
  // If the uses in most files are unknown, those that are known do not describe the examples.
  if (using.length * 2 <= counted.length) return []
  return texts.module.examplesUse(counted.length, usedNames(writing, using))
}

/** Whether a file is an example by its folder or its name, such as `example.c` beside the code. */
export function isExampleFile(path: string, repo: RepoIndex): boolean {
  return isShown(path, repo) || (isCode(repo.files.get(path)) && NAMED.test(nameOf(path)))
}

/** `example: reads a plan`, from its own description, otherwise from the names that it uses. */
export function exampleWords(writing: Writing, path: string, own: Inline[]): Inline[] {
  const { texts } = writing
  const used = own.length > 0 ? [] : usedNames(writing, [path])
  const words = used.length > 0 ? texts.links.uses.say(used) : own
  return words.length === 0 ? [] : texts.module.example(words)
}

/** Whether an example file is code, neither data nor a build file. */
export function isShown(path: string, repo: RepoIndex): boolean {
  const language = repo.files.get(path)?.language ?? ''
  return isExample(path, repo) && !NOT_CODE.test(language) && !BUILDS.test(language) && !BUILD_FILE.test(path)
}

/** The public names that the files use, those that most files use first; the others are not counted, since some may be unknown. */
export function usedNames(writing: Writing, files: readonly string[]): Inline[] {
  const { texts } = writing
  const all = usedBy(writing, files).map((component) => toEntry(component))
  const named = join(all.slice(0, MAX_NAMES + 1), texts.comma)
  return all.length <= MAX_NAMES + 1 ? named : texts.andOthers(join(all.slice(0, MAX_NAMES), texts.comma))
}

const usedIn = (writing: Writing, path: string): boolean => usedBy(writing, [path]).length > 0

function usedBy(writing: Writing, files: readonly string[]): Component[] {
  const { repo } = writing
  const inside = new Set(files)
  const named = [...publicNames(writing).values()].flat().flatMap(({ component }) => component ?? [])
  // Without a manifest, all exports of the main code count as public.
  const offered =
    named.length > 0
      ? named
      : [...repo.components.values()].filter(
          (one) =>
            one.exported && one.parent === null && minor(one) === 0 && isMain(one.file, repo) && !inside.has(one.file),
        )
  // Calling a method of a value does not use its type unless the type is named.
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
