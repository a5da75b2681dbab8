/** Rules for reading Java files. `../jvm/`, shared with Kotlin and Scala, resolves names. */

import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ImportItem, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { javadocOfHtml } from '#generate/analyse/languages/docs/javadoc.ts'
import { jvm } from '#generate/analyse/languages/jvm/jvm.ts'
import { afterAttributes, SETS_FIELD, withoutAttributes } from '#generate/attributes.ts'

const MAX_MODIFIERS = 1_000

const reading: ReadRules = {
  describe,
  doc: javadocOfHtml,
  hasTrailingDocs: 'data',
  readImports,
  signature: ({ header }) => afterAttributes(header),
}

export const java: LanguageSpec = {
  language: 'java',
  wasm: 'tree-sitter-java/tree-sitter-java.wasm',
  sha256: '4fdeac4ca6ca089f06c6f7e562abcac1733cd465728cc7031ebb73c2019122c4',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: jvm,
}

/**
 * Members of interfaces, enum constants, and fields that an annotation turns into settings are public; members of hidden
 * types are hidden.
 */
function describe({ kind, modifiers: written, parent }: DeclarationText): Description {
  const modifiers = withoutAttributes(written)
  const isSetting = kind === 'field' && annotationNames(written).some((name) => SETS_FIELD.test(name))
  const isImplied = isSetting || kind === 'constant' || parent?.kind === 'interface'
  const visibility =
    !isSetting && /\bprivate\b/.test(modifiers)
      ? 'private'
      : /\bprotected\b/.test(modifiers)
        ? 'protected'
        : isImplied || /\bpublic\b/.test(modifiers)
          ? 'public'
          : 'internal'
  const isVisible = visibility === 'public' || visibility === 'protected'
  // An interface's method has a body only with one of these modifiers.
  const isAbstract =
    parent?.kind === 'interface' ? !/\b(?:default|static|private)\b/.test(modifiers) : /\babstract\b/.test(modifiers)
  const flags = (/\bstatic\b/.test(modifiers) ? Flag.static : 0) | (isAbstract ? Flag.abstract : 0)
  return { visibility, isExported: isVisible && (parent?.isExported ?? true), flags }
}

const annotationNames = (modifiers: string): string[] =>
  [...modifiers.slice(0, MAX_MODIFIERS).matchAll(/@(?:\w{1,60}\.){0,8}(\w{1,60})/g)].map(([, name = '']) => name)

/** `import static a.B.c;`, `import a.b.*;` */
function readImports(text: string): ImportItem[] {
  const words = /^import\s+(?!\s)(static\s+(?!\s))?([\w.$\s]+)(\*\s*)?;?$/.exec(text.trim())
  if (words === null) return []
  const path = (words[2] ?? '').replace(/\s/g, '').replace(/\.$/, '')
  return [{ path, isWildcard: words[3] !== undefined, kind: words[1] === undefined ? '' : 'static' }]
}
