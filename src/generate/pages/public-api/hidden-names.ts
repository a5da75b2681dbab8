/** Detects names that can be imported but are not meant for users: by their comments, attributes, or build conditions. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isForTools } from '#generate/tool-comments.ts'
import { isLeftOut } from './documented-members.ts'
import { isInHiddenModule } from './hidden-modules.ts'
import { isKeptInModule } from './java-modules.ts'

/** Matches a comment whose first sentences say that the definition is private. */
const CALLED_PRIVATE =
  /\bprivate API\b|\bthis (?:is an? )?(?:private|internal) (?:class|interface|method|module|type)\b|\bnot (?:part of )?(?:the |a )?public API\b|\bnot (?:fit |meant )?for public\b|\b(?:for|only) internal use\b|\binternal use only\b|@internal\b|\bkept for backwards?[- ]compat/i
/** Matches linkage macros. */
const LINKAGE_MACRO = /(?:^|_)(?:API|DLL|EXPORTS?|EXTERN|IMPORTS?|INLINE|NORETURN|VISIBILITY)$/
/** What C and C++ have; a macro of the name stands in for it in old compilers. */
const OF_LANGUAGE =
  /^(?:alignas|bool|const|constexpr|false|inline|noexcept|nullptr|override|restrict|s?size_t|v?snprintf|static_assert|strn?casecmp|strdup|strtok_r|thread_local|true)$/
/** Matches C++ namespaces for internals. */
const INTERNAL_NAMESPACE = /(?:^|\.)_?(?:details?|impl|internals?|priv(?:ate)?)_?\./i
/** Matches benchmark classes. */
const BENCHMARK = /[a-z]Bench(?:marks?)?$/
/** Also matches definitions that are compiled only for doctests. */
const HIDDEN_ATTRIBUTE = /^\s*#!?\[\s*(?:doc\s*\(\s*hidden|cfg\s*\(\s*doctest)\b/
/** Matches `DeprecationLevel.HIDDEN`, or `level = HIDDEN` if it is imported. */
const HIDDEN_LEVEL = /\bDeprecationLevel\.HIDDEN\b|\blevel\s{0,9}=\s{0,9}HIDDEN\b/
const ABOVE = /^\s*(?:#|\/\/|$)/
/** Matches a line with an attribute or a comment in C#, Java, Scala and Swift. */
const ATTRIBUTE = /^\s*(?:[[@*]|\/[/*])/
/** Languages whose doc comments have tags. */
const WITH_DOC_TAGS = new Set(['groovy', 'java', 'javascript', 'jsx', 'kotlin', 'php', 'scala', 'tsx', 'typescript'])
/** Matches `@internal`, also before a sentence, but not `{@internal words}`. */
const INTERNAL_TAG =
  /^\s*\/?\*{1,2}\s*@(?:internal\b|hidden\b|hide\b|(?:ignore|suppress)\s*(?:\*\/)?$|api\s+private\b|private\s*(?:\*\/)?$)/
const INTERNAL_ANNOTATION = /^\s*@(?:[a-z]\w*\.)*(?:Internal(?:Api|Only)?\b|API\s{0,9}\([^)]{0,80}\bINTERNAL\b)/
/** Attributes that hide a name, by language. */
const HIDING_ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  csharp: /\bEditorBrowsable(?:Attribute)?\s{0,9}\(\s{0,9}[\w.]{0,60}\bNever\b/,
  groovy: INTERNAL_ANNOTATION,
  java: INTERNAL_ANNOTATION,
  scala: INTERNAL_ANNOTATION,
  swift: /^\s*\/\/\/\s*:nodoc:|@_spi\b|@_documentation\s{0,9}\(\s{0,9}visibility:\s{0,9}(?:internal|private)/,
}
const ANNOTATES = /^\s*(?:@|#\[|export\b|declare\b)/
const MAX_COMMENT = 80
const MAX_WORDS = 600
const MAX_ABOVE = 12
const MAX_LINES = 50_000

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
const ANNOTATED = /^\s*[@[]/

/** Whether it is a class without members, annotations and comment that nothing uses: tools may need one in a package. */
function isPlaceholder(
  { repo }: Writing,
  { id, kind, doc, signature, file, startLine }: Component,
  language: string,
): boolean {
  if (kind !== 'class' || doc !== null || !WITH_PLACEHOLDERS.has(language)) return false
  if (!BARE_CLASS.test(signature) || repo.members.has(id) || repo.users.has(id) || repo.heirs.has(id)) return false
  return !ANNOTATED.test(codeLines(repo, file, startLine, startLine)[0] ?? '')
}

function findHidden(writing: Writing, component: Component): boolean {
  const { repo } = writing
  const owner = repo.components.get(component.parent ?? '')
  if (owner !== undefined && isHidden(writing, owner)) return true
  if (component.doc !== null && CALLED_PRIVATE.test(component.doc.slice(0, MAX_WORDS))) return true
  const { file, kind } = component
  if (CALLED_PRIVATE.test(repo.fileDocs.get(file)?.slice(0, MAX_WORDS) ?? '')) return true
  if (isLeftOut(writing, component)) return true
  if (kind === 'macro' && isUndefined(writing, component)) return true
  if (BENCHMARK.test(component.name)) return true
  if (kind === 'macro' && (LINKAGE_MACRO.test(component.name) || isStandIn(component))) return true
  const { language } = repo.files.get(file) ?? {}
  if ((language === 'c' || language === 'cpp') && INTERNAL_NAMESPACE.test(component.qualifiedName)) return true
  if (WITH_DOC_TAGS.has(language ?? '') && commentAbove(writing, component).some((line) => INTERNAL_TAG.test(line)))
    return true
  if (language === 'rust')
    return isInHiddenModule(writing, file) || linesAbove(writing, component).some((line) => HIDDEN_ATTRIBUTE.test(line))
  if (isPlaceholder(writing, component, language ?? '')) return true
  if (language === 'java' && isKeptInModule(writing, file)) return true
  if (language === 'kotlin') return isHiddenKotlin(writing, component)
  const hiding = HIDING_ATTRIBUTES[language ?? '']
  return hiding !== undefined && linesAbove(writing, component, ATTRIBUTE).some((line) => hiding.test(line))
}

const undefinedMacros = new WeakMap<Writing['repo'], Map<string, ReadonlyMap<string, number>>>()

const isStandIn = ({ name, file }: Component): boolean => OF_LANGUAGE.test(name) && !file.endsWith('.rs')

/** Whether a macro of C exists only in a part of its file, which undefines it later. */
function isUndefined({ repo }: Writing, { file, name, endLine }: Component): boolean {
  const known = undefinedMacros.get(repo) ?? new Map<string, ReadonlyMap<string, number>>()
  undefinedMacros.set(repo, known)
  let last = known.get(file)
  if (last === undefined) {
    last = new Map(
      codeLines(repo, file, 1, MAX_LINES).flatMap((line, index) => {
        const [, macro] = /^\s{0,40}#\s{0,20}undef\s{1,20}(\w{1,200})/.exec(line) ?? []
        return macro === undefined ? [] : [[macro, index + 1] as const]
      }),
    )
    known.set(file, last)
  }
  return (last.get(name) ?? 0) > endLine
}

/** Matches annotations that mark what is internal to a library of Kotlin. */
const INTERNAL_MARK = /^Internal|Internal(?:Api|$)/

/** Whether a definition is kept only for programs compiled earlier, or has an annotation for internal API. */
function isHiddenKotlin({ repo }: Writing, component: Component): boolean {
  if (isInternalOverride(repo, component)) return true
  const head = headOf(repo, component)
  if (head.includes('@Deprecated') && HIDDEN_LEVEL.test(head)) return true
  const marks = [...head.matchAll(/@(\w+)/g)].map(([, name = '']) => name)
  return (head.includes('@RequiresOptIn') ? [component.name, ...marks] : marks).some((name) => INTERNAL_MARK.test(name))
}

const MAX_OVERRIDES = 50

/** Whether it overrides, without a modifier for its visibility, only what is internal. */
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

/** The annotations of a declaration and its first line. */
function headOf(repo: Writing['repo'], { file, startLine, endLine }: Component): string {
  const lines = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_ABOVE))
  const end = lines.findIndex((line) => DECLARES.test(line))
  return lines.slice(0, end < 0 ? 1 : end + 1).join('\n')
}

const DECLARES = /\b(?:class|interface|object|fun|va[lr]|typealias)\b/

/** The lines of the comment directly above the definition or its annotations, the nearest first. */
function commentAbove({ repo }: Writing, { file, startLine }: Component): string[] {
  const above = codeLines(repo, file, Math.max(1, startLine - MAX_COMMENT), startLine - 1).toReversed()
  const from = above.findIndex((line) => line.trim() !== '' && !ANNOTATES.test(line) && !isForTools(line.trimStart()))
  if (from < 0 || !/\*\/\s*$/.test(above[from] ?? '')) return []
  const to = above.findIndex((line, at) => at >= from && line.includes('/*'))
  return to < 0 ? [] : above.slice(from, to + 1)
}

/** The comments and attributes directly above a definition, the nearest first, and those at its beginning. */
function linesAbove({ repo }: Writing, { file, startLine, endLine }: Component, form = ABOVE): string[] {
  const above = codeLines(repo, file, Math.max(1, startLine - MAX_ABOVE), startLine - 1).toReversed()
  const end = above.findIndex((line) => !form.test(line) || line.trim() === '')
  const own = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_ABOVE))
  const head = own.findIndex((line) => !form.test(line))
  return [...above.slice(0, end < 0 ? above.length : end), ...own.slice(0, head < 0 ? own.length : head)]
}
