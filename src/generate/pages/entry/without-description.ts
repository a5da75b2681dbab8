/** Lists the definitions of a file that nothing describes: one line each, in place of entries. */

import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { wordAt } from '#generate/pages/code-lines.ts'
import { optionsOf } from '#generate/pages/commands/command-line.ts'
import type { Draft } from '#generate/pages/draft.ts'
import { isExported } from '#generate/pages/public-api/public-names.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { exampleOfUse } from '#generate/pages/usage/example-of-use.ts'
import { few } from '#generate/pages/words.ts'
import { isPublic, type Writing } from '#generate/pages/writing.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import { code, heading, type Inline, list, oneLine, paragraph } from '#markdown/build.ts'
import { aliasOf } from './alias-of.ts'
import { withAsync } from './async-head.ts'
import { attributesOf } from './attributes.ts'
import { quoted } from './doc-cells.ts'
import type { EntryDepth } from './entry.ts'
import { isFunction, placeMembers } from './entry-members.ts'
import { boundMethod, docSource } from './inherited-doc.ts'
import { assignedProperties } from './outside-bases.ts'
import { isDescribed, isDescribedInside, isTrivial } from './own-words.ts'
import { returnedShape } from './returned-shape.ts'
import { superclassText } from './ruby-superclass.ts'
import { givenLiteral, macroText, typedefName } from './short-code.ts'

/** Limit on a signature, in characters. */
const MAX_SIGNATURE = 120
const MAX_LISTED = 1_000
const MAX_MEMBERS = 400

/**
 * Whether nothing tells what a definition is for: no text of its own, of its members or of documents, and no example of use.
 * What a package exports has an entry all the same if it takes parameters or has methods.
 */
export function isUndescribed(writing: Writing, component: Component): boolean {
  if (hasText(writing, component) || isDescribedInside(writing.repo, component)) return false
  if (isExported(writing, component) && (hasParameters(writing, component) || hasMethods(writing, component)))
    return false
  return exampleOfUse(writing, component).length === 0
}

/** Whether a function has parameters, in its signature or in that of an overload. */
function hasParameters({ repo }: Writing, { kind, name, file, signature, overloads }: Component): boolean {
  if (!CALLED.has(kind)) return false
  const language = repo.files.get(file)?.language ?? ''
  return [signature, ...(overloads ?? [])].some((one) => (readParameters(one, name, language)?.length ?? 0) > 0)
}

const CALLED = new Set<Component['kind']>(['function', 'macro', 'method'])

/** Whether there are public methods other than constructors and those that every type has. */
function hasMethods({ repo }: Writing, component: Component): boolean {
  return (repo.members.get(component.id) ?? []).some(
    (one) => isFunction(one) && isPublic(one, repo) && !isTrivial(one) && !isConstructor(repo, one),
  )
}

function hasText(writing: Writing, component: Component): boolean {
  const { repo } = writing
  return (
    isDescribed(repo, component) ||
    docSource(repo, component) !== undefined ||
    boundMethod(repo, component) !== undefined ||
    aliasOf(repo, component) !== undefined ||
    readmeDescription(writing, component) !== null ||
    returnedShape(repo, component) !== undefined ||
    assignedProperties(repo, component).length > 0 ||
    optionsOf(writing, component).length > 0
  )
}

/** Links to a definition lead to its line. */
export function writeUndescribed(
  writing: Writing,
  draft: Draft,
  components: readonly Component[],
  depth: EntryDepth,
): void {
  if (components.length === 0) return
  const { texts } = writing
  const title = heading(depth, texts.file.withoutDescription)
  const shown = components.slice(0, MAX_LISTED)
  const lines = list(shown.map((one) => lineOf(writing, one)))
  for (const [index, one] of components.entries()) placeMembers(writing, draft, one, lines.children[index] ?? title)
  const left = components.length - shown.length
  append(draft.blocks, [title, lines, ...(left === 0 ? [] : [paragraph(texts.more(left))])])
}

/** The signature, with the condition under which the definition exists and the members that the signature does not name. */
function lineOf(writing: Writing, one: Component): Inline[] {
  const { texts } = writing
  const signature = shortSignature(writing, one)
  const unnamed = new Set(publicMembers(writing, one).map(({ name }) => name))
  const members = [...unnamed].filter((name) => wordAt(signature, name) < 0).map((name): Inline[] => [quoted(name)])
  const conditions = [...(one.condition === undefined ? [] : [one.condition]), ...attributesOf(writing.repo, one)]
  return [
    ...[writing.sources.definition(one, code(signature))].flat(),
    ...conditions.flatMap((condition): Inline[] => [' (', quoted(condition), ')']),
    ...(members.length === 0 ? [] : [texts.colon, ...few(members, MAX_MEMBERS, texts)]),
  ]
}

function shortSignature({ repo }: Writing, component: Component): string {
  const { name, signature } = component
  const macro = macroText(repo, component)
  const whole = withAsync(repo, component, signature === '' ? name : signature)
  const line = oneLine(
    macro ?? whole + typedefName(component) + superclassText(repo, component) + givenLiteral(repo, component),
  )
  return line.length > MAX_SIGNATURE ? `${line.slice(0, MAX_SIGNATURE - 1).trimEnd()}…` : line
}

/** Everything public below a component, in order of lines. */
export function publicMembers({ repo }: Writing, component: Component): Component[] {
  const found: Component[] = []
  const stack = [...(repo.members.get(component.id) ?? [])].reverse()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (isPublic(next, repo)) found.push(next)
    append(stack, [...(repo.members.get(next.id) ?? [])].reverse())
  }
  return found
}
