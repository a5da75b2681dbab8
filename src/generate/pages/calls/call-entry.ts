/** Finds the functions that may be roots of call trees: main functions of programs, and functions that users may call. */

import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { INTERNAL } from '#generate/pages/public-api/closed-functions.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { ownPackages } from '#generate/pages/public-api/own-packages.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { TEST_KIT } from '#generate/pages/usage/test-files.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { workOf } from './call-chances.ts'
import { bodyOf, callersOf } from './calls.ts'

/** Matches paths of vendored code, of examples and of helpers for tests. */
const AUXILIARY =
  /(?:^|\/)(?:_?(?:demo|example|sample)s?|test_?(?:kit|util)s?|bench\w*|contrib|deps|docs?|external|fuzz\w*|libexec|scripts?|testers?|testing|third_?party|tools?|vendor|wasi\w*)\/|(?:^|\/)_?testing\.\w+$|[/_-]tests?\.\w+$/i

const isAuxiliary = (path: string): boolean => AUXILIARY.test(path) || TEST_KIT.test(path)

/**
 * Main functions by the amount of code that they reach. It counts less for a function that has callers, and more for one that an
 * artifact, such as an image, runs.
 */
export function mainsOf(writing: Writing): Component[] {
  const { analysis, repo } = writing
  const own = ownPackages(writing)
  const isLibrary = own.some(({ isPrivate, entries }) => !isPrivate && entries.length > 0)
  const run = new Set(analysis.artifacts.edges.flatMap(({ to, kind }) => (kind === 'runs' ? [to] : [])))
  // Next to a library, a main function that no published package runs is an example or a benchmark.
  const isProgram = ({ id, file }: Component): boolean => {
    if (!isLibrary || repo.files.get(file)?.language === 'go') return true
    const around = own.filter(({ folder }) => folder === '' || file.startsWith(`${folder}/`))
    const nearest = around.sort((a, b) => b.folder.length - a.folder.length)[0]
    return nearest?.isPrivate === false && (nearest.programs.length > 0 || run.has(id))
  }
  return [...repo.components.values()]
    .filter(
      ({ id, name, kind, file }) =>
        (kind === 'function' || kind === 'method') &&
        (/^main$/i.test(name) || run.has(id)) &&
        isMain(file, repo) &&
        !isAuxiliary(file),
    )
    .filter(isProgram)
    .map((component) => {
      const share = (callersOf(repo, component).length === 0 ? 1 : 0.8) * (run.has(component.id) ? 2 : 1)
      return { component, weight: share * workOf(repo, component) }
    })
    .sort((a, b) => b.weight - a.weight || (a.component.id < b.component.id ? -1 : 1))
    .map(({ component }) => component)
}

/** Top-level code of program files, as if each file were a function. A file that only such files import counts as one. */
export function scriptsOf(writing: Writing): Component[] {
  const { repo } = writing
  const programs = ownPackages(writing).flatMap((one) => one.programs)
  const started = new Set(programs.map(({ runs }) => runs.replace(/^\.\//, '')))
  const isStarted = (file: string): boolean => {
    const importers = [...(repo.linksTo.get(file)?.keys() ?? [])]
    return started.has(file) || (importers.length > 0 && importers.every((importer) => started.has(importer)))
  }
  if (programs.length === 0) return []
  return [...repo.callees.keys()].flatMap((file): Component[] => {
    if (repo.components.has(file) || !isStarted(file) || !isMain(file, repo) || isAuxiliary(file)) return []
    const { lines = 0 } = repo.files.get(file) ?? {}
    return [
      {
        id: file,
        kind: 'function',
        name: nameOf(file),
        qualifiedName: nameOf(file),
        file,
        startLine: 1,
        endLine: lines,
        parent: null,
        exported: false,
        visibility: 'public',
        signature: '',
        doc: null,
      },
    ]
  })
}

/** Whether users may call a function, or the only constructor of a type. */
export function isOffered(writing: Writing, component: Component): boolean {
  const { kind, file } = component
  return (
    (kind === 'function' || kind === 'method' || bodyOf(writing.repo, component) !== component) &&
    isPublic(component, writing.repo) &&
    isMain(file, writing.repo) &&
    !isAuxiliary(file) &&
    !(file.endsWith('.go') && INTERNAL.test(file)) &&
    !isDeprecated(component) &&
    !isHidden(writing, component)
  )
}
