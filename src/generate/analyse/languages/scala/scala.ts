/** Rules for reading Scala files. `../jvm/` resolves names; calling a type creates an instance. */

import { append } from '#base/long-arrays.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, type DeclKind, Flag, Use } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ImportItem, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { jvm } from '#generate/analyse/languages/jvm/jvm.ts'
import { packagesOf } from '#generate/analyse/languages/jvm/packages.ts'
import { afterAttributes, withoutAttributes } from '#generate/attributes.ts'
import { parametersOf } from '#generate/signature-parameters.ts'
import { addReceivers } from './extension-receivers.ts'
import { withIndentedGivens } from './givens.ts'
import { scaladoc } from './scaladoc.ts'

const reading: ReadRules = {
  prepare: (text) => ({ text: withIndentedGivens(text), refs: [] }),
  finish: addReceivers,
  describe,
  doc: scaladoc,
  hasTrailingDocs: 'data',
  readImports,
  signature: ({ header }) => withoutWith(afterAttributes(header)),
  plainName: (text, kind: DeclKind) => (kind === 'namespace' ? text.replace(/[\s`]/g, '') : text.replace(/^`|`$/g, '')),
}

export const scala: LanguageSpec = {
  language: 'scala',
  wasm: 'tree-sitter-scala/tree-sitter-scala.wasm',
  sha256: 'b7ec2bb29c19827abcefd18ed5cb5a43596009f96a5d53c5b9d1f9676d7521c3',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: {
    ...jvm,
    hasSeparateCalls: false,
    callsMakeInstances: true,
    // A class and its companion object form one type.
    hasPartialTypes: true,
    bareNamesCall: true,
    extensionsNeedReceiver: true,
    fieldsOverride: true,
    inheritsDefaults: true,
    superReachesTraits: true,
    applyName: 'apply',
    makesByCall: isMadeWith,
    variants: companions,
    packageOf: (file) => packagesOf(file.facts.notes).at(-1) ?? '',
  },
}

/** `given ints: Order[Int] with` ends with the keyword before its body. */
const withoutWith = (header: string): string =>
  /\bgiven\b/.test(header) && header.endsWith(' with') ? header.slice(0, -' with'.length) : header

/** A value refers to the companion object of a class or trait, everything else to the class or trait itself. */
function companions(decls: readonly Decl[], _file: FileUnit, use?: number): readonly Decl[] {
  if (decls.length < 2 || use === undefined || !decls.every((decl) => decl.isType)) return decls
  const fitting = decls.filter((decl) => decl.has(Flag.static) === (use === Use.value))
  return fitting.length === 0 ? decls : fitting
}

/** Whether a type is a case class that takes this many arguments. */
function isMadeWith(type: Decl, args: number): boolean {
  const signature = type.file.string(type.at(D.signature))
  const parameters = CASE_CLASS.test(signature) ? parametersOf(signature, type.name) : null
  const required = parameters?.filter((parameter) => !parameter.includes(' = ')) ?? []
  return parameters !== null && required.length <= args && args <= parameters.length
}

/** Modifiers may name a package: `private[shop]`. */
const CASE_CLASS = /^(?:\w+(?:\[\w+\])?\s+){0,5}case class\b/
const OBJECT = /^(?:\w+(?:\[\w+\])?\s+){0,6}object\b/

/** Declarations are public unless a modifier says otherwise; parameters of classes are private fields. */
function describe({ kind, modifiers: written, header, hasBody, parent }: DeclarationText): Description {
  const modifiers = withoutAttributes(written)
  const isHidden = kind === 'field' && !/\b(?:val|var|case)\b/.test(`${modifiers} ${header}`)
  const visibility =
    isHidden || /\bprivate\b(?:\[this\]|(?!\[))/.test(modifiers)
      ? 'private'
      : /\bprivate\[/.test(modifiers)
        ? 'internal'
        : /\bprotected\b/.test(modifiers)
          ? 'protected'
          : 'public'
  const isVisible = visibility === 'public' || visibility === 'protected'
  const flags =
    (OBJECT.test(afterAttributes(header)) ? Flag.static : 0) |
    (kind === 'class' && /\bimplicit\b/.test(modifiers) ? Flag.extension : 0) |
    (kind === 'function' && parent?.kind === 'trait' && !hasBody ? Flag.abstract : 0)
  return { visibility, isExported: isVisible && (parent?.isExported ?? true), flags }
}

/** `import a.b.{C, D => E, _}, x.y.*, a.b as c` */
function readImports(text: string): ImportItem[] {
  const imports: ImportItem[] = []
  const clauses = text
    .replace(/\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, '')
    .replace(/^import\s+/, '')
    .match(/[^,{]+(?:\{[^}]*\})?/g)
  for (const clause of clauses ?? []) {
    const { path, alias = null, selectors, isWildcard } = clauseOf(clause.trim().replace(/;$/, '').trimEnd())
    if (path === '') continue
    if (isWildcard) imports.push({ path, isWildcard: true })
    else if (selectors === undefined) imports.push({ path, alias })
    else for (const selector of selectors.split(',')) append(imports, selectedImports(path, selector.trim()))
  }
  return imports
}

/** The path is empty if the clause cannot be read. */
function clauseOf(text: string): { path: string; alias?: string; selectors?: string; isWildcard?: boolean } {
  const open = text.indexOf('{')
  const given = /\.\s*given\b/.exec(text)?.index
  const star = /\.\s*[_*]$/.exec(text)?.index
  const isGiven = open < 0 && given !== undefined
  const end = open >= 0 ? open : (given ?? star ?? text.length)
  const before = text.slice(0, end).trimEnd()
  const head = open < 0 ? before : before.replace(/\.$/, '')
  if ((open >= 0 && (head === before || !text.endsWith('}'))) || !/^[\w.`\s$]*$/.test(head)) return { path: '' }
  const [name = '', alias] = head.split(AS)
  const path = withoutQuotes(name).replace(/^_root_\./, '')
  if (open >= 0) return { path, selectors: text.slice(open + 1, -1) }
  if (alias !== undefined) return { path, alias: withoutQuotes(alias) }
  return { path, isWildcard: !isGiven && star !== undefined }
}

const AS = /(?<!\s)\s+as\s+/

const withoutQuotes = (name: string): string => name.replace(/[\s`]/g, '')

function selectedImports(path: string, selector: string): ImportItem[] {
  if (selector === '_' || selector === '*') return [{ path, isWildcard: true }]
  const [name = '', alias] = selector.split(/(?:(?<!\s)\s+)?=>\s*|(?<!\s)\s+as\s+/)
  // `{given Order}` imports instances by their type.
  if (name === '' || alias === '_' || /^given\b/.test(name)) return []
  return [{ path: `${path}.${withoutQuotes(name)}`, alias: alias === undefined ? null : withoutQuotes(alias) }]
}
