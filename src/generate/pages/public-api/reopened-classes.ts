/** Classes of Ruby that belong to the language or to another gem, which a repository only opens to add to them. */

import type { Component } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Of the language. */
const CORE =
  /^(?:Array|BasicObject|Class|Date|DateTime|Dir|Enumerator|Exception|FalseClass|File|Float|Hash|IO|Integer|Method|Module|NilClass|Numeric|Object|Pathname|Proc|Range|Regexp|Set|String|StringIO|Struct|Symbol|Thread|Time|TrueClass)$/

/**
 * `class String`, and `class ScaffoldController` in `module Rails`, in a gem that is not called so: without words and without a superclass, which a class of its
 * own would have there.
 */
export function isReopened({ packages }: Writing, { file, kind, signature, qualifiedName, doc }: Component): boolean {
  if (kind !== 'class' || !file.endsWith('.rb') || doc !== null || signature.includes('<')) return false
  if (CORE.test(qualifiedName)) return true
  const [root = '', ...inner] = qualifiedName.split('.')
  const gems = packages.filter(({ ecosystem }) => ecosystem === 'rubygems').flatMap(({ name }) => name ?? [])
  return inner.length > 0 && gems.length > 0 && !gems.some((gem) => isRelated(plain(gem), plain(root)))
}

const isRelated = (gem: string, root: string): boolean => gem.includes(root) || root.includes(gem)

/** `active_support` and `ActiveSupport` are one. */
const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
