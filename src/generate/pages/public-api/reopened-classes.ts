/** Ruby classes of another gem that a repository only reopens. */

import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import type { Writing } from '#generate/pages/writing.ts'

/**
 * `class ScaffoldController` in `module Rails`, in a gem with another name. It has no doc comment and no superclass, which a
 * class of the gem itself would have.
 */
export function isReopened({ packages }: Writing, { file, kind, signature, qualifiedName, doc }: Component): boolean {
  if (kind !== 'class' || !file.endsWith('.rb') || doc !== null || signature.includes('<')) return false
  const [root = '', ...inner] = qualifiedName.split('.')
  const gems = packages.filter(({ ecosystem }) => ecosystem === 'rubygems').flatMap(({ name }) => name ?? [])
  return (
    inner.length > 0 && gems.length > 0 && !gems.some((gem) => isRelated(comparableName(gem), comparableName(root)))
  )
}

const isRelated = (gem: string, root: string): boolean => gem.includes(root) || root.includes(gem)
