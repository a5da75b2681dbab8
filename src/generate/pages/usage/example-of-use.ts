/**
 * Finds a short example of use for a public name: from the README or another document, otherwise an example function of Go
 * or a short test that is about it, as a whole.
 */

import type { RootContent } from 'mdast'
import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { linesOfBlock } from '#generate/pages/code-lines.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { isTest, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import { codeBlock, type Inline, paragraph, strong } from '#markdown/build.ts'
import { testsAbout } from './about-tests.ts'
import { documentExamples } from './document-example.ts'

/** Limits on the lines of an example function of Go, and of a test. */
const MAX_EXAMPLE = 32
const MAX_TEST = 12
/** Minimum number of users of a component of which a test is shown. */
const MIN_USERS = 3
const CALLED = new Set<Component['kind']>(['function', 'method', 'class', 'struct', 'macro'])

/** Empty if the doc comment has an example. */
export function exampleOfUse(writing: Writing, component: Component): RootContent[] {
  const { repo, sources, texts } = writing
  if (!mayHave(writing, component)) return []
  const own = documentExamples(writing).get(component.id)
  if (own !== undefined)
    return [
      paragraph(strong(texts.entry.example), ' ', ...texts.entry.from(sources.file(own.path))),
      codeBlock(own.code.lang ?? null, own.code.value),
    ]
  const { file, startLine, endLine } = exampleInCode(writing, component) ?? {}
  if (file === undefined || startLine === undefined || endLine === undefined) return []
  const place: Inline[] = sources.place(file, startLine, endLine, texts.place(file, startLine, endLine))
  return [
    paragraph(strong(texts.entry.example), ' ', ...texts.entry.from(place)),
    codeBlock(repo.files.get(file)?.language ?? null, linesOfBlock(repo, file, startLine, endLine)),
  ]
}

/** The test that is shown as the example of a component, if one is. */
export function testAsExample(writing: Writing, component: Component): Lines | undefined {
  return mayHave(writing, component) && !documentExamples(writing).has(component.id)
    ? exampleInCode(writing, component)
    : undefined
}

const mayHave = (writing: Writing, component: Component): boolean =>
  CALLED.has(component.kind) && isPublic(component, writing.repo) && !hasOwn(component) && !isHidden(writing, component)

const exampleInCode = (writing: Writing, component: Component): Lines | undefined =>
  exampleFunction(writing.repo, component) ?? shortTest(writing, component)

function hasOwn({ doc, details }: Component): boolean {
  return details?.examples !== undefined || /^ {0,3}(?:```|~~~)/m.test(doc ?? '')
}

type Lines = Pick<Component, 'file' | 'startLine' | 'endLine'>

const lengthOf = ({ startLine, endLine }: Lines): number => endLine - startLine + 1

/** The body of the example function of Go that is named after a component: `ExampleNew`, `ExamplePlan_Burn`; https://go.dev/blog/examples. */
function exampleFunction(repo: RepoIndex, component: Component): Lines | undefined {
  if (!component.file.endsWith('.go')) return undefined
  const name = `Example${component.qualifiedName.replaceAll('.', '_')}`
  for (const { path } of repo.folders.get(folderOf(component.file)) ?? []) {
    if (!path.endsWith('_test.go')) continue
    // A suffix in lower case tells several examples of one name apart.
    const found = (repo.tops.get(path) ?? []).find(
      (one) =>
        one.name.startsWith(name) &&
        /^(?:_\p{Ll}|$)/u.test(one.name.slice(name.length)) &&
        lengthOf(one) > 2 &&
        lengthOf(one) <= MAX_EXAMPLE,
    )
    if (found !== undefined) return { file: path, startLine: found.startLine + 1, endLine: found.endLine - 1 }
  }
  return undefined
}

/** A test about nothing else that can be understood alone. */
function shortTest(writing: Writing, component: Component): Lines | undefined {
  const { repo } = writing
  if ((repo.users.get(component.id)?.size ?? 0) < MIN_USERS) return undefined
  return testsAbout(writing, component)
    .filter(({ rank, test }) => rank === 0 && lengthOf(test) > 2 && lengthOf(test) <= MAX_TEST)
    .find(({ test }) => isComplete(repo, test))?.test
}

/** Whether a test function takes nothing but Go's `t`, and uses nothing of other tests: no fixtures, helpers and fields. */
function isComplete(repo: RepoIndex, { id, kind, file, name, signature }: Component): boolean {
  const language = repo.files.get(file)?.language ?? ''
  const taken = readParameters(signature, name, language)?.length ?? 0
  if ((kind !== 'function' && kind !== 'method') || taken !== (language === 'go' ? 1 : 0)) return false
  return repo.occurrences.usesIn(id).every(({ to }) => {
    const path = repo.components.get(to)?.file ?? to
    return !isTest(path, repo) && !repo.inTests.has(to)
  })
}
