/** Links to the types that a signature names. In HTML they are put into the signature itself: `#markdown/signature-links.ts`. */

import type { RootContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, join, paragraph, refLink } from '#markdown/build.ts'
import { aliasText } from './short-code.ts'

/** Limit on the types that are named. */
const MAX_TYPES = 12
const MAX_DECLARED = 4
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/gu

/**
 * `Types: State, Burn`: those that the components use as types, without macros and ambiguous names. The types that contain the
 * components are above them, and their bases are in the line of facts.
 *
 * @param signature - The text of the code block.
 * @param components - What the signature declares: a definition and its constructor.
 */
export function signatureTypes(writing: Writing, signature: string, components: readonly Component[]): RootContent[] {
  const { repo, texts } = writing
  const byName = new Map<string, Set<string>>()
  for (const { id } of components)
    for (const target of repo.namedTypes.get(id) ?? []) {
      const name = repo.components.get(target)?.name ?? ''
      byName.set(name, (byName.get(name) ?? new Set()).add(target))
    }
  if (byName.size === 0) return []
  const owners = new Set(components.flatMap(({ id, parent }) => [id, parent]))
  const known = new Set([...owners, ...components.flatMap(({ id }) => repo.bases.get(id) ?? [])])
  const names = new Set(signature.match(IDENTIFIER))
  const links = [...names].flatMap((name): Inline[][] => {
    const [target, ...others] = byName.get(name) ?? []
    if (target === undefined || others.length > 0 || known.has(target)) return []
    // An associated type is listed with the other members.
    const { kind, parent } = repo.components.get(target) ?? {}
    if (kind === 'macro' || (target.includes('.rs#') && isUnderOtherCfg(repo, target, components))) return []
    if (kind === 'type' && parent !== null && owners.has(parent ?? null)) return []
    return [[refLink(refTo.component(target), code(name))]]
  })
  if (links.length === 0) return []
  return [paragraph(texts.entry.types, texts.colon, ...join(links.slice(0, MAX_TYPES), texts.comma))]
}

/** Whether a type of Rust has a condition that nothing around the components has: for them, the name may mean another type. */
function isUnderOtherCfg({ components: all }: RepoIndex, target: string, components: readonly Component[]): boolean {
  const condition = all.get(target)?.condition
  if (condition === undefined) return false
  const around = components.flatMap((one) => [one, all.get(one.parent ?? '')])
  return !around.some((one) => one?.condition === condition)
}

const TYPED = /^(?:(?:const|let|var) )?[\w$]+: ([\w$]+)$/
/** `Mode = Literal["a", "b"]`, `type Mode = 'a' | 'b'` */
const CHOICES =
  /^(?:type )?[\w$]{1,80}(?:: TypeAlias)? = (?:(?:\w{1,40}\.)?Literal\[[^[\]]{1,400}\]|(?:["'][^"']{0,60}["'](?: \| |$)){2,30})$/

/**
 * Declarations of types that the signature names: lists of values and, for a value, also types that only its file can name,
 * `type Create = …` for `create: Create`.
 */
export function declaredTypes({ repo }: Writing, { id, file, signature }: Component): string[] {
  const [, own] = TYPED.exec(signature) ?? []
  const names = new Set(signature.match(IDENTIFIER))
  const named = (repo.namedTypes.get(id) ?? []).flatMap((target) => repo.components.get(target) ?? [])
  return named
    .filter((one) => (one.kind === 'type' || one.kind === 'constant') && names.has(one.name))
    .filter((one) => named.every((other) => other === one || other.name !== one.name))
    .map((one) => ({ one, text: aliasText(repo, one) }))
    .filter(
      ({ one, text }) =>
        CHOICES.test(text) || (one.kind === 'type' && one.name === own && !one.exported && one.file === file),
    )
    .map(({ one, text }) => text || one.signature)
    .slice(0, MAX_DECLARED)
}
