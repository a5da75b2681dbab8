/** Detects names that can be imported but are not meant for users: by their comments, attributes, or build conditions. */

import type { Component } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isLeftOut } from './documented-members.ts'

/** Matches a comment whose first sentences say that the definition is private. */
const CALLED_PRIVATE =
  /\bprivate API\b|\bthis (?:is an? )?(?:private|internal) (?:class|interface|method|module|type)\b|\bnot (?:part of )?(?:the |a )?public API\b|\bnot (?:fit |meant )?for public\b|\b(?:for|only) internal use\b|\binternal use only\b|@internal\b|\bkept for backwards?[- ]compat/i
/** Matches linkage macros. */
const LINKAGE_MACRO = /(?:^|_)(?:API|DLL|EXPORTS?|EXTERN|IMPORTS?|INLINE|NORETURN|VISIBILITY)$/
/** Matches features of C and C++, which macros of the same name replace in old compilers. */
const OF_LANGUAGE =
  /^(?:alignas|bool|const|constexpr|false|inline|noexcept|nullptr|override|restrict|s?size_t|v?snprintf|static_assert|strn?casecmp|strdup|strtok_r|thread_local|true)$/
/** Matches a qualified name in a C++ namespace for internals. */
const INTERNAL_NAMESPACE = /(?:^|\.)_?(?:details?|impl|internals?|priv(?:ate)?)_?\./i
/** Matches the names of benchmark classes: `PlanBenchmark`. */
const BENCHMARK = /[a-z]Bench(?:marks?)?$/
/** Limit on the characters of a comment that are searched. */
const MAX_COMMENT = 600

const known = new WeakMap<Component, boolean>()

export function isHidden(writing: Writing, component: Component): boolean {
  let hidden = known.get(component)
  if (hidden === undefined) {
    hidden = findHidden(writing, component)
    known.set(component, hidden)
  }
  return hidden
}

const WITH_PLACEHOLDERS = new Set(['csharp', 'java', 'kotlin', 'scala'])
/** Matches a class without parameters or supertypes. */
const BARE_CLASS = /^(?:(?:public|open|final|sealed|partial) ){0,4}class \w{1,100}$/

/** Whether it is an unused class without members, annotations or a comment, which is only there because a tool needs a class. */
function isPlaceholder(
  { repo }: Writing,
  { id, kind, doc, signature, decorators }: Component,
  language: string,
): boolean {
  if (kind !== 'class' || doc !== null || decorators !== undefined || !WITH_PLACEHOLDERS.has(language)) return false
  return BARE_CLASS.test(signature) && !repo.members.has(id) && !repo.users.has(id) && !repo.heirs.has(id)
}

/** The comment up to its first list, in which a parameter may be called internal. */
const beforeList = (doc: string): string => doc.split(/\n\s{0,20}(?:[-*+] |Args:|Parameters:?\n)/, 1)[0] ?? ''

function findHidden(writing: Writing, component: Component): boolean {
  const { repo } = writing
  const owner = repo.components.get(component.parent ?? '')
  if (owner !== undefined && isHidden(writing, owner)) return true
  if (component.hidden === true) return true
  if (component.doc !== null && CALLED_PRIVATE.test(beforeList(component.doc.slice(0, MAX_COMMENT)))) return true
  const { file, kind } = component
  if (CALLED_PRIVATE.test(repo.fileDocs.get(file)?.slice(0, MAX_COMMENT) ?? '')) return true
  if (isLeftOut(writing, component)) return true
  if (kind === 'class' && BENCHMARK.test(component.name)) return true
  if (kind === 'macro' && (LINKAGE_MACRO.test(component.name) || isStandIn(component))) return true
  const { language } = repo.files.get(file) ?? {}
  if ((language === 'c' || language === 'cpp') && INTERNAL_NAMESPACE.test(component.qualifiedName)) return true
  if (isPlaceholder(writing, component, language ?? '')) return true
  return language === 'kotlin' && isInternalOverride(repo, component)
}

/** Whether a macro replaces a feature of the language. */
const isStandIn = ({ name, file }: Component): boolean => OF_LANGUAGE.test(name) && !file.endsWith('.rs')

const MAX_OVERRIDES = 50

/** Whether it overrides only internal members, and inherits their visibility. */
function isInternalOverride({ overridden, components }: Writing['repo'], component: Component): boolean {
  const chain = new Set([component])
  let isFound = false
  for (const one of chain) {
    const over = (overridden.get(one.id) ?? []).flatMap((id) => components.get(id) ?? [])
    const isInternal = one.visibility === 'internal'
    isFound ||= isInternal
    if (!isInternal && (over.length === 0 || !isPlainOverride(one))) return false
    for (const next of isInternal ? [] : over) if (chain.size < MAX_OVERRIDES) chain.add(next)
  }
  return isFound && component.visibility !== 'internal'
}

/** Whether it overrides something and has no modifier for its visibility. */
function isPlainOverride({ signature }: Component): boolean {
  const [modifiers = ''] = signature.split(/\b(?:fun|va[lr])\b/, 1)
  return /\boverride\b/.test(modifiers) && !/\b(?:public|protected)\b/.test(modifiers)
}
