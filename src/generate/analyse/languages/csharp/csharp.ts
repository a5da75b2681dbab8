/** Rules for reading C# files. `link.ts` resolves names. */

import { D, D_WIDTH, type DeclKind, type FileFacts, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ImportItem, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { xmldoc } from '#generate/analyse/languages/docs/xmldoc.ts'
import { isInnerName } from '#generate/analyse/languages/inner-names.ts'
import { afterAttributes, withoutAttributes } from '#generate/attributes.ts'
import { withoutDirectives } from './directives.ts'
import { addReceivers, withBlocksAsStructs } from './extension-blocks.ts'
import { csharpLinking } from './link.ts'
import { addAccessors } from './properties.ts'
import { markInnerUsings } from './usings.ts'

const reading: ReadRules = {
  prepare: (text) => ({ text: withPartialFirst(withBlocksAsStructs(withoutDirectives(text))), refs: [] }),
  hasPreparedHeaders: true,
  describe,
  doc: xmldoc,
  hasTrailingDocs: 'data',
  readImports,
  signature,
  plainName,
  finish(facts, text) {
    nameOperators(facts)
    const plain = withoutDirectives(text)
    markInnerUsings(facts, plain)
    addAccessors(facts, plain)
    addReceivers(facts, plain)
  },
}

export const csharp: LanguageSpec = {
  language: 'csharp',
  wasm: 'tree-sitter-c-sharp/tree-sitter-c_sharp.wasm',
  sha256: '6f69e1cae44e1c32c1eccc170dc5a9778fb94ff716f71113fe1f8c4299aa2f40',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: csharpLinking,
}

/** The grammar knows `partial ref struct`, but not `ref partial struct`, which means the same. */
const withPartialFirst = (text: string): string => text.replace(/\bref partial(?= struct\b)/g, 'partial ref')

const TYPES: ReadonlySet<DeclKind> = new Set(['class', 'struct', 'interface', 'enum', 'type'])

/**
 * The visibility: without a modifier, types are internal and members private; members of interfaces and enums are
 * public.
 */
function describe({ kind, modifiers, header, parent }: DeclarationText): Description {
  const words = withoutAttributes(modifiers)
  const isInBlock = parent?.kind === 'impl'
  const isInType = isInBlock || (parent !== null && TYPES.has(parent.kind))
  const isImplied =
    kind === 'constant' || parent?.kind === 'interface' || (kind === 'field' && /\brecord\b/.test(words))
  const visibility = /\bprivate\b/.test(words)
    ? 'private'
    : /\bprotected\b/.test(words)
      ? 'protected'
      : /\binternal\b/.test(words)
        ? 'internal'
        : /\bpublic\b/.test(words) || (isImplied && isInType)
          ? 'public'
          : isInType
            ? 'private'
            : 'internal'
  const isVisible = visibility === 'public' || visibility === 'protected'
  const isAbstract = /\babstract\b/.test(words) || (kind === 'method' && parent?.kind === 'interface')
  const isStatic = /\b(?:static|const)\b/.test(words)
  const isOfReceiver = isInBlock && !isStatic
  const isThis =
    kind === 'method' && isStatic && /\(\s*(?:\[[^\](]*(?:\([^()]*\)[^\](]*){0,8}\]\s*){0,8}this\s/.test(header)
  const flags =
    (isStatic || isInBlock ? Flag.static : 0) |
    (isAbstract ? Flag.abstract : 0) |
    (isThis || isOfReceiver ? Flag.extension : 0)
  const isInner = parent?.kind === 'namespace' && isInnerName(parent.name)
  return { visibility, isExported: isVisible && !isInner && (!isInType || isInBlock || parent.isExported), flags }
}

/** The header without its attributes, which are on the lines before. */
function signature({ header }: DeclarationText): string {
  return afterAttributes(header)
    .replace(/(?:(?<!\s)\s+)?=[^=>]*\{.*/s, '')
    .replaceAll(' ,', ',')
}

function plainName(text: string, kind: DeclKind): string {
  if (kind === 'namespace') return text.replace(/\s/g, '')
  if (kind === 'method' && text === 'this') return 'this[]'
  if (kind === 'impl') return ''
  return text.startsWith('@') ? text.slice(1) : text
}

/** The names of operators and finalizers consist of more than one token: `operator ==`, `~Reader`. */
function nameOperators(facts: FileFacts): void {
  for (let row = 0; row < facts.decls.length; row += D_WIDTH) {
    const name = facts.strings[facts.decls[row + D.name] ?? NONE]
    if (name !== 'operator' && name !== '~') continue
    const signature = facts.strings[facts.decls[row + D.signature] ?? NONE] ?? ''
    const whole = /(?:\boperator\b|~)[^(]*/.exec(signature)?.[0].trim()
    if (whole === undefined) continue
    facts.decls[row + D.name] = facts.strings.length
    facts.strings.push(whole)
  }
}

/** `using A.B;`, `global using static A.T;`, `using X = A.B<C>;` */
function readImports(text: string): ImportItem[] {
  const words = /^(global\s+)?using\s+(static\s+)?(?:unsafe\s+)?(?:@?(\w+)\s*=\s*)?(?:global::)?([\w.\s@]+)/.exec(
    text.trim(),
  )
  if (words === null) return []
  const [, global, isStatic, alias, path = ''] = words
  const kind = `${global === undefined ? '' : 'global '}${isStatic === undefined ? '' : 'static'}`.trim()
  return [{ path: path.replace(/[\s@]/g, ''), alias: alias ?? null, isWildcard: alias === undefined, kind }]
}
