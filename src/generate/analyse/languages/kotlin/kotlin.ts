/** Rules for reading Kotlin files. `../jvm/` resolves names; calling a type creates an instance. */

import { type DocComment, mapTexts } from '#generate/analyse/doc-comment.ts'
import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ImportItem, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { blanked } from '#generate/analyse/languages/blanked.ts'
import { commentsBeforeCode } from '#generate/analyse/languages/comments-before-code.ts'
import { symbolLinksIn } from '#generate/analyse/languages/docs/brackets.ts'
import { javadoc } from '#generate/analyse/languages/docs/javadoc.ts'
import { jvm } from '#generate/analyse/languages/jvm/jvm.ts'
import { afterAttributes, withoutAttributes } from '#generate/attributes.ts'
import { hideAnnotations } from './annotations.ts'
import { hideTypeArguments } from './generic-calls.ts'
import { plainText } from './plain-text.ts'

const reading: ReadRules = {
  prepare: (text) => {
    const comments = commentsBeforeCode(text)
    const annotated = hideAnnotations(blanked(text, comments))
    const plain = hideTypeArguments(plainText(annotated.text))
    return {
      text: plain.text,
      refs: [...annotated.refs, ...plain.refs],
      comments: [...comments, ...annotated.comments].sort((a, b) => a[0] - b[0]),
    }
  },
  describe,
  doc: kdoc,
  hasTrailingDocs: 'data',
  readImports,
  signature,
  plainName: (text) => text.replace(/^`|`$/g, ''),
}

export const kotlin: LanguageSpec = {
  language: 'kotlin',
  wasm: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  sha256: '7009d69453bc8735e438b2818a633efb21c88f99782769abba60dffedfab73f7',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: {
    ...jvm,
    hasSeparateCalls: 'members',
    callsMakeInstances: true,
    inheritsDefaults: true,
    superReachesTraits: true,
    implicitParameter: 'it',
    fieldsOverride: true,
    extensionsOverload: true,
  },
}

/** The header without bodies in values, enum entries, and annotations that do not change the type of a function. */
function signature(words: DeclarationText): string {
  const { kind, header, modifiers } = words
  const own = OF_TYPE.exec(modifiers)?.[0]
  const plain = `${own === undefined ? '' : `${own} `}${afterAttributes(header)}`
  if (kind === 'constructor') return plain.replace(/\) : (?:this|super)\(.*/s, ')')
  if (kind === 'function') return `${plain}${resultOf(words, plain)}`
  return kind === 'enum' ? plain.replace(/ \{.*/s, '') : withoutBody(plain)
}

/** What replaces an omitted result type: with nothing, the function would seem to return `Unit`. */
function resultOf({ bodyStart = '', parent }: DeclarationText, head: string): string {
  if (!bodyStart.startsWith('=') || head.slice(head.lastIndexOf(')')).includes(':')) return ''
  // `apply` in an extension returns the receiver, not the enclosing class.
  const isMember = parent?.kind === 'class' && !head.slice(0, head.indexOf('(')).includes('.')
  return isMember && /^= ?apply ?\{/.test(bodyStart) ? `: ${parent.name}` : ' = …'
}

/** Cuts off a value from its first brace; braces in the defaults of parameters are kept. */
function withoutBody(text: string): string {
  let [depth, value] = [0, -1]
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
    if (depth > 0) continue
    if (sign === '=') value = at
    else if (sign === '{') {
      const delegate = DELEGATE.exec(text.slice(Math.max(0, at - MAX_DELEGATE), at))?.[0]
      const end = delegate === undefined ? value : at - delegate.length
      return end < 0 ? text : text.slice(0, end).trimEnd()
    }
  }
  return text
}

const DELEGATE = / by [\w.]{1,80}\s{0,9}$/
const MAX_DELEGATE = 100

/** Annotations that, like `suspend`, decide where a function may be called. */
const OF_TYPE = /@(?:ReadOnly)?Composable\b/

/** Parses KDoc, in which names in brackets are links. */
function kdoc(comments: readonly string[]): DocComment | null {
  const doc = javadoc(comments)
  return doc === null ? null : mapTexts(doc, symbolLinksIn)
}

/** Declarations are public unless a modifier says otherwise. */
function describe({ kind, modifiers, hasBody, parent }: DeclarationText): Description {
  const words = withoutAttributes(modifiers)
  const visibility = /\bprivate\b/.test(words)
    ? 'private'
    : /\bprotected\b/.test(words)
      ? 'protected'
      : /\binternal\b/.test(words)
        ? 'internal'
        : 'public'
  // After a syntax error, members of a class may seem to be outside it.
  const isLostMember = parent === null && /\b(?:override|protected)\b/.test(words)
  const isVisible = !isLostMember && (visibility === 'public' || visibility === 'protected')
  const isAbstract = /\babstract\b/.test(words) || (kind === 'function' && parent?.kind === 'interface' && !hasBody)
  return { visibility, isExported: isVisible && (parent?.isExported ?? true), flags: isAbstract ? Flag.abstract : 0 }
}

/** `import a.b.C as D`, `import a.b.*` */
function readImports(text: string): ImportItem[] {
  const imported = /^import\s+(?!\s)([\w.\s`]+)(\*\s*)?;?$/.exec(text.trim())
  if (imported === null) return []
  const [, words = '', star] = imported
  const [, alias] = /(?<!\s)\s+as\s+([\w`]+)\s*$/.exec(words) ?? []
  const path = (alias === undefined ? words : words.replace(/(?<!\s)\s+as\s+[\w`]+\s*$/, '')).replace(/[\s`]/g, '')
  return [{ path: path.replace(/\.$/, ''), alias: alias?.replace(/`/g, '') ?? null, isWildcard: star !== undefined }]
}
