/**
 * What the table does without. All of it leads to nothing of a program that uses the library; a type that is not in the
 * table is outside, with all its members.
 */

import ts from 'typescript'
import { isOfBrowser, type Libraries, type TypeDeclaration } from './read-libraries.ts'

/** Overloads; of more of them the last is enough to say that they are functions. */
const MAX_OVERLOADS = 12

/** Interfaces of browsers that nobody infers with: of graphics, and of what is next to never written. */
const RARE = /^(?:ANGLE|EXT|KHR|OES|OVR|WEBGL)_|^(?:GPU|RTC|SVG|WebGL|XPath|XSLT)/

/** What somebody may add to: `HTMLElementTagNameMap`, `WindowEventMap`. */
export const isMap = (name: string): boolean => /(?:Event|TagName)Map$/.test(name)

/** Names of interfaces that have nothing but data. */
export function plainTypes({ types }: Libraries): ReadonlySet<string> {
  const plain = new Set<string>()
  for (const [name, declarations] of types) {
    if (declarations.some((one) => !isOfBrowser(one))) continue
    if (RARE.test(name) || declarations.every(isData)) plain.add(name)
  }
  // What extends something with methods has methods.
  for (let before = -1; before !== plain.size; ) {
    before = plain.size
    for (const name of [...plain]) {
      const bases = (types.get(name) ?? []).flatMap(basesOf)
      if (!RARE.test(name) && !bases.every((one) => plain.has(one))) plain.delete(name)
    }
  }
  return plain
}

/**
 * The lines of the table without types and values of browsers that lead to no type parameter or map, however many types
 * one follows, and without names of texts and numbers.
 */
export function leadingToPrograms(lines: readonly string[], { types, aliases, values }: Libraries): string[] {
  const own = lines.map((line) => {
    const name = /^[\w.]+/.exec(line)?.[0] ?? ''
    const value = values.get(name.replace(/^typeof\./, ''))
    const ofValue = name.startsWith('typeof.') && value?.kind === 'variable' ? [value.type] : []
    const nodes = [
      ...(types.get(name) ?? []),
      ...(aliases.get(name) === undefined ? [] : [aliases.get(name)]),
      ...ofValue,
    ]
    const text = line.slice(name.length).replace(/"[^"]*"/g, '')
    const names = text.match(/(?:typeof\.)?[A-Z][\w.]*/g) ?? []
    const isKept =
      !nodes.every((one) => one !== undefined && isOfBrowser(one)) || (aliases.has(name) && names.length > 0)
    const isGeneric = /(?<![\w.])\d|\$/.test(text.slice(text.indexOf('\t') + 1)) || isMap(name)
    return { line, name, names, isKept, isGeneric }
  })
  const leading = new Set<string>()
  for (let before = -1; before !== leading.size; ) {
    before = leading.size
    for (const { name, names, isKept, isGeneric } of own)
      if (!isKept && (isGeneric || names.some((one) => leading.has(one)))) leading.add(name)
  }
  return own.flatMap(({ line, name, isKept }) => (isKept || leading.has(name) ? [line] : []))
}

function isData(declaration: TypeDeclaration): boolean {
  if (!ts.isInterfaceDeclaration(declaration) || declaration.typeParameters !== undefined) return false
  return declaration.members.every((one) => ts.isPropertySignature(one) && one.type !== undefined && !hasCode(one.type))
}

function hasCode(type: ts.Node): boolean {
  if (ts.isFunctionTypeNode(type)) return true
  return ts.forEachChild(type, (child) => hasCode(child) || undefined) === true
}

function basesOf(declaration: TypeDeclaration): string[] {
  if (!ts.isInterfaceDeclaration(declaration)) return []
  return (declaration.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText()))
}

/** Of overloads those that are written. */
export function withoutMany<T>(overloads: readonly T[]): readonly T[] | undefined {
  return overloads.length > MAX_OVERLOADS ? undefined : overloads
}
