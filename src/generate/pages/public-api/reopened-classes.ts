/** Recognises Ruby classes of the language or of another gem that a repository only reopens. */

import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** Classes and modules of Ruby itself. */
const CORE =
  /^(?:Array|BasicObject|Class|Date|DateTime|Dir|Enumerator|Exception|FalseClass|File|Float|Hash|IO|Integer|Method|Module|NilClass|Numeric|Object|Pathname|Proc|Range|Regexp|Set|String|StringIO|Struct|Symbol|Thread|Time|TrueClass)$/

/**
 * `class String`, and `class ScaffoldController` in `module Rails`, in a gem with another name. Unlike a class of the gem itself, it
 * has neither a doc comment nor a superclass.
 */
export function isReopened({ packages }: Writing, { file, kind, signature, qualifiedName, doc }: Component): boolean {
  if (kind !== 'class' || !file.endsWith('.rb') || doc !== null || signature.includes('<')) return false
  if (isOfLanguage({ file, qualifiedName })) return true
  const [root = '', ...inner] = qualifiedName.split('.')
  const gems = packages.filter(({ ecosystem }) => ecosystem === 'rubygems').flatMap(({ name }) => name ?? [])
  return (
    inner.length > 0 && gems.length > 0 && !gems.some((gem) => isRelated(comparableName(gem), comparableName(root)))
  )
}

/** Whether a definition of Ruby has the name of a class of the language. */
export const isOfLanguage = ({ file, qualifiedName }: Pick<Component, 'file' | 'qualifiedName'>): boolean =>
  file.endsWith('.rb') && CORE.test(qualifiedName)

const isRelated = (gem: string, root: string): boolean => gem.includes(root) || root.includes(gem)
