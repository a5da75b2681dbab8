/**
 * Resolves a handler given by name: `show`, `users.show`, `handlers.Show`. The analysers have resolved all uses in the
 * file; a name means the only component of this name that the file uses, if the part before the dot agrees.
 */

import type { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Source, World } from './bridge.ts'

const HANDLER_KINDS = new Set(['function', 'method', 'class', 'constant', 'field'])
/** Limit on the components of one name that a file uses; with more, nothing is certain. */
const MAX_SAME = 50
/** Limit on the names that are searched for in one file. */
const MAX_NAMES = 500
const qualifiers = new WeakMap<MaskedCode, Map<string, string | undefined>>()
const DOTTED = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/

/** @returns The id of a component, or `undefined` when uncertain. */
export function handlerOf(expression: string, source: Source, world: World): string | undefined {
  if (!DOTTED.test(expression)) return undefined
  const parts = expression.split('.')
  const name = parts.at(-1) ?? ''
  const qualifier = parts.at(-2)
  const all = world.code.usedIn(source.path, name)
  if (all.length > MAX_SAME) return undefined
  const used = all.filter((one) => HANDLER_KINDS.has(one.kind))
  if (qualifier === undefined) {
    const own = used.filter((one) => one.parent === null)
    return own.length === 1 ? own[0]?.id : undefined
  }
  const fitting = used.filter((one) => agrees(one, qualifier))
  if (fitting.length > 0) return fitting.length === 1 ? fitting[0]?.id : undefined
  const [only] = used
  return only !== undefined && used.length === 1 && isOnlyQualifier(name, qualifier, source) ? only.id : undefined
}

/** Whether its class, file or folder is the part before the dot. */
function agrees({ qualifiedName, file }: Component, qualifier: string): boolean {
  const owner = qualifiedName.split(/[.:]+/).at(-2)
  if (owner !== undefined) return isSameName(owner, qualifier)
  const stem = nameOf(file).replace(/\.\w+$/, '')
  return isSameName(stem, qualifier) || isSameName(nameOf(folderOf(file)), qualifier)
}

/** Treats `userController`, `user-controller` and `user.controller` as equal. */
function isSameName(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
  return plain(a) === plain(b)
}

/** Whether a file writes `x.name` with only one `x`, so that the component of this name must be its member. */
function isOnlyQualifier(name: string, qualifier: string, { masked }: Source): boolean {
  const known = qualifiers.get(masked) ?? new Map<string, string | undefined>()
  qualifiers.set(masked, known)
  if (!known.has(name)) known.set(name, known.size < MAX_NAMES ? onlyQualifier(name, masked) : undefined)
  return known.get(name) === qualifier
}

function onlyQualifier(name: string, { code }: MaskedCode): string | undefined {
  let only: string | undefined
  for (let at = code.indexOf(`.${name}`); at >= 0; at = code.indexOf(`.${name}`, at + 1)) {
    if (/[\w$]/.test(code[at + name.length + 1] ?? '')) continue
    const before = code.slice(Math.max(0, at - 100), at)
    // `from a.name import …` is not a use.
    if (/(?:^|\n)[ \t]*(?:from|import)[ \t][^\n]*$/.test(before)) continue
    const qualifier = /(?<![\w$])[\w$]+$/.exec(before)?.[0] ?? ''
    if (only !== undefined && only !== qualifier) return undefined
    only = qualifier
  }
  return only
}
