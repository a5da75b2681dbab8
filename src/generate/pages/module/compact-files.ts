/** Writes one line for each file of a module that has no section: tests, examples, and files without definitions. */

import type { Heading, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Module } from '#generate/model.ts'
import { type Draft, refTo } from '#generate/pages/draft.ts'
import { placeMembers } from '#generate/pages/entry/place-members.ts'
import { isExample, isTest } from '#generate/pages/repo-index.ts'
import { testFiles } from '#generate/pages/usage/test-files.ts'
import { isSingleSource, testSubjects, testsOnly } from '#generate/pages/usage/test-subjects.ts'
import { few, upTo } from '#generate/pages/words.ts'
import { toFile, type Writing, within } from '#generate/pages/writing.ts'
import { heading, type Inline, list } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'
import { fileComment } from './file-comment.ts'
import { testsOf } from './tests-of-files.ts'

const MAX_LISTED = 500
const MAX_TESTS = 10

/** The tests that use the module's code and are in other modules. */
export function testsSection(writing: Writing, module: Module): RootContent[] {
  const own = new Set(module.files)
  const tests = testsOf(writing, module.files).filter((path) => !own.has(path))
  if (tests.length === 0) return []
  const items = tests.map((path) => compactLine(writing, module, path, own))
  const left = items.slice(MAX_TESTS)
  const words = writing.texts.module
  return [
    heading(2, words.testedBy),
    list(items.slice(0, MAX_TESTS)),
    ...(left.length === 0 ? [] : fold(words.moreFiles(left.length), upTo(left, MAX_LISTED, writing.texts, list))),
  ]
}

/** Write a list of files, one line each. */
export function writeCompact(writing: Writing, draft: Draft, module: Module, title: string, paths: string[]): void {
  if (paths.length === 0) return
  const home = heading(2, title)
  const lineOf = (path: string): Inline[] => compactLine(writing, module, path)
  append(draft.blocks, [home, ...upTo(paths, MAX_LISTED, writing.texts, (first) => list(first.map(lineOf)))])
  for (const path of paths) placeFile(writing, draft, path, home)
}

/** @param own - If given, only these of the files that it uses or tests are named. */
function compactLine(writing: Writing, module: Module, path: string, own?: ReadonlySet<string>): Inline[] {
  const { repo, sources, texts } = writing
  const isBeside = isTest(path, repo) || isExample(path, repo)
  const links = isBeside && isSingleSource(writing) ? [] : [...(repo.links.get(path) ?? [])]
  const targets = links
    .filter(([to]) => !isTest(to, repo) && (own === undefined || own.has(to)))
    .sort((a, b) => b[1] - a[1])
    .map(([to]) => toFile(to, own === undefined ? to : within(module.path, to)))
  const sentence = fileComment(repo, path)
  const isTests = testFiles(writing).has(path)
  // For tests, the subjects if they are known; otherwise all files that they use.
  const subjects = isTests ? testSubjects(writing, path) : []
  const named = subjects.map((to) => toFile(to, own === undefined ? to : within(module.path, to)))
  const names = few(named.length > 0 ? named : targets, 40, texts)
  const writeUses = sentence.length === 0 ? texts.module.fileUses : texts.module.fileAlsoUses
  return [
    ...sources.file(path, within(module.path, path)),
    ...(sentence.length === 0 ? [] : [texts.colon, ...sentence]),
    ...(names.length === 0 ? [] : writeUses(names, named.length > 0, testsOnly(writing, path, subjects))),
  ]
}

function placeFile(writing: Writing, draft: Draft, path: string, home: Heading): void {
  draft.homes.set(refTo.file(path), home)
  draft.listed.set(refTo.file(path), path)
  const { tops, additions } = writing.repo
  for (const component of [...(tops.get(path) ?? []), ...(additions.get(path) ?? [])])
    for (const inside of placeMembers(writing, draft, component, home))
      draft.listed.set(refTo.component(inside.id), inside)
}
