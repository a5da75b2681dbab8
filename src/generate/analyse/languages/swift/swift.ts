/**
 * Rules for reading Swift files and resolving names. All files of a module see each other. Only the build knows the
 * modules, so a name refers to its nearest declaration.
 */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { declaredExports } from '#generate/analyse/engine/declared-exports.ts'
import { D, Flag, NONE, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import {
  EXTERNAL,
  type LanguageSpec,
  type Linker,
  type LinkRules,
  type NameUse,
  type Resolution,
  type Value,
} from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { DeclarationText, Description, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { blanked } from '#generate/analyse/languages/blanked.ts'
import { commentsBeforeCode } from '#generate/analyse/languages/comments-before-code.ts'
import { swiftdoc } from '#generate/analyse/languages/docs/swiftdoc.ts'
import { nearest } from '#generate/analyse/languages/nearest.ts'
import { afterAttributes, withoutAttributes } from '#generate/attributes.ts'
import type { FileExport } from '#generate/model.ts'
import { calledAs } from './async-calls.ts'
import { commonNames } from './common-names.ts'
import { plainText } from './plain-text.ts'

const reading: ReadRules = {
  describe,
  signature: ({ header }) => afterAttributes(header, (attribute) => !NOT_OF_CALLERS.test(attribute)),
  doc: swiftdoc,
  hasTrailingDocs: 'data',
  prepare: (text) => {
    const comments = commentsBeforeCode(text)
    return { text: plainText(blanked(text, comments)), refs: [], comments }
  },
}

const linking: LinkRules = {
  family: 'swift',
  hasImplicitThis: true,
  hasSeparateCalls: 'members',
  callsMakeInstances: true,
  hasPartialTypes: false,
  inheritsOverloads: true,
  // What only an extension of a protocol declares is shadowed, never overridden.
  mayOverride: (_, above) => above.parent?.kind !== 'impl' || above.owner?.kind !== 'interface',
  commonNames,
  packageOf: () => '',
  link: (program) => new SwiftLinker(program),
}

export const swift: LanguageSpec = {
  language: 'swift',
  wasm: '@unit-mesh/treesitter-artifacts/wasm/tree-sitter-swift.wasm',
  sha256: '42314ea8f7d6c47af026377f627a637e0baafbb2f4ded4636cb3ff2543983a11',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking,
}

/** Attributes that are shown as a deprecation, and those for the compiler. */
const NOT_OF_CALLERS = /^@(?:available\s*\(\s*\*|_|inlinable\b|inline\b|usableFromInline\b)/
/** Matches access modifiers, but not those of a setter: `private(set)`. */
const ACCESS = /\b(?:(fileprivate|private)|(public|open)|internal|package)\b(?!\(set\))/g

/** Matches declarations that the compiler rejects everywhere. */
const UNAVAILABLE = /@available\s*\(\s*\*\s*,\s*unavailable\b/

/**
 * Internal by default; a protocol's requirements are as visible as the protocol. The modifiers of an extension precede
 * those of its members, so the last one counts.
 */
function describe({ kind, name, modifiers: written, parent }: DeclarationText): Description {
  const modifiers = withoutAttributes(written)
  const [access, hidden, open] = [...modifiers.matchAll(ACCESS)].at(-1) ?? []
  const isImplied = access === undefined && (parent?.kind === 'interface' || (kind === 'constant' && parent !== null))
  const visibility =
    hidden !== undefined
      ? 'private'
      : !UNAVAILABLE.test(written) && (open !== undefined || (isImplied && parent?.isExported === true))
        ? 'public'
        : 'internal'
  const isInOpen = parent === null || parent.kind === 'impl' || parent.isExported
  let flags = 0
  if (/\bstatic\b|\bclass\b/.test(modifiers) && name !== '') flags |= Flag.static
  if (visibility === 'private' && parent === null) flags |= Flag.fileLocal
  return { visibility, isExported: visibility === 'public' && isInOpen, flags }
}

/** Operators, subscripts and initializers have no name by which they are called. */
const isOffered = (decl: Decl): boolean =>
  decl.id !== null &&
  decl.has(Flag.exported) &&
  VISIBILITIES[decl.at(D.visibility)] === 'public' &&
  /^(?!init$|subscript$)\w+$/.test(decl.name)

class SwiftLinker implements Linker {
  readonly #program: Program
  readonly #names = new Set<string>()

  constructor(program: Program) {
    this.#program = program
    for (const file of program.files.values()) for (const decl of file.decls) this.#names.add(decl.name)
  }

  readonly calledAs = calledAs

  lookUp(file: FileUnit, name: string, wanted: NameUse): Resolution | undefined {
    // A parameter of a closure without names: `$0`.
    if (name.startsWith('$')) return undefined
    const all = this.#program.byFullName.get(name) ?? []
    const seen = all.filter((decl) => decl.parent === null && (!decl.has(Flag.fileLocal) || decl.file === file))
    const decls = accepted(seen, wanted, file.spec.linking)
    if (decls.length > 0) return { decls: nearest(decls, file), origin: 'package' }
    return this.#names.has(name) || wanted === 'type' ? undefined : EXTERNAL
  }

  /** Extensions in several files have the same member under conditions such as `where Base: Ship`; only the one in the file itself is certain. */
  membersVisibleFrom(all: readonly Decl[], file: FileUnit): readonly Decl[] {
    const firsts = new Map<string, FileUnit>()
    const isRepeated = all.some((decl) => {
      if (decl.parent?.kind !== 'impl') return false
      const form = `${decl.isFunction} ${decl.parameters.map(({ name }) => name).join()}`
      const first = firsts.get(form) ?? decl.file
      firsts.set(form, first)
      return first !== decl.file
    })
    return isRepeated ? all.filter((decl) => decl.file === file || decl.parent?.kind !== 'impl') : all
  }

  /** `["a"]` is an array. */
  conversionScore(given: Value, wanted: Value): number | undefined {
    const isArray = given.kind === 'instance' && given.decl === null && given.name === 'Array'
    return isArray && wanted.kind === 'instance' && wanted.decl === null && wanted.name === '[]' ? 3 : undefined
  }

  /** Members that extensions add to outside types belong to no type of the repository. */
  exportsOf(file: FileUnit): FileExport[] {
    const added = file.decls.filter(
      (decl) => decl.parent?.kind === 'impl' && decl.parent.host == null && decl.name !== '' && isOffered(decl),
    )
    // Overloads share all but their ids.
    const named = added.map(({ id }) => ({ name: (id ?? '').slice((id ?? '').indexOf('#') + 1), to: id }))
    return [...declaredExports(file, this.#program), ...named]
  }

  /** Imports name modules, not files. */
  importedFiles(): Iterable<string> {
    return []
  }

  /** An enum case is a value of its enum. */
  impliedValue(decl: Decl): Value | undefined {
    const { parent } = decl
    if (decl.kind !== 'constant' || parent?.kind !== 'enum' || decl.at(D.value) !== NONE) return undefined
    return { kind: 'instance', decl: parent, name: parent.name, args: [] }
  }
}
