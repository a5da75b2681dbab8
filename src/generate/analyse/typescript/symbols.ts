/** What the compiler knows of a name: the component it stands for, or that it lies outside the repository. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { EdgeOrigin, FileExport } from '#generate/model.ts'
import { isRequired, requiredBy } from './exports.ts'
import {
  handedValue,
  isFunctionValue,
  isTypeDeclaration,
  isTypeName,
  nameOf,
  originOfValue,
  receiverOf,
  rootOf,
  specifierOf,
} from './expressions.ts'
import type { BoundName } from './imports.ts'
import type { Index } from './index-of-components.ts'
import { ROOT } from './parse.ts'
import type { NamesInReach } from './reach.ts'
import type { FindMember } from './receivers.ts'
import type { Resolve } from './resolve.ts'
import type { Site } from './sites.ts'

export interface Target {
  id: string
  origin: EdgeOrigin
  confidence: number
}

/** `inside` also without a target: a function that is local to another is no component. */
export interface SiteTargets {
  targets: Target[]
  where: 'inside' | 'outside' | 'unknown'
}

/** Finds what a site names. */
export type FindTargets = (site: Site) => SiteTargets

/** What is known of the names in a file. */
export interface Lookup {
  find: FindTargets
  /** What importers of the file get by name, through re-exports. */
  exportsOf(tree: ts.SourceFile): FileExport[]
  /** The component, or the file that a module is, to which an import binds a name. */
  importedBy(bound: BoundName): string | undefined
}

const NOTHING: SiteTargets = { targets: [], where: 'unknown' }
const OUTSIDE: SiteTargets = { targets: [], where: 'outside' }
const INSIDE: SiteTargets = { targets: [], where: 'inside' }
/** A name on a union of more types says nothing. */
const MAX_TARGETS = 4
/** Steps along aliases, variables and receivers. */
const MAX_STEPS = 20
/** For what a JavaScript object is given by assignment, which the compiler does not type. */
const ASSIGNED_CONFIDENCE = 0.9

/** @param names - Those in reach of the file whose sites are asked about. */
export function createFind(
  checker: ts.TypeChecker,
  index: Index,
  resolve: Resolve,
  names: NamesInReach,
  findMember: FindMember,
): Lookup {
  return { find, exportsOf, importedBy }

  function find(site: Site): SiteTargets {
    const { expression } = site
    if (site.use === 'override') return overridden(expression as ts.Identifier, site)
    const name = nameOf(expression)
    if (name === undefined) return isOutsideChain(expression) ? OUTSIDE : NOTHING
    const isMember = name !== expression
    if (isMember && (site.use === 'reference' || site.use === 'type') && !names.isComponent(name.text)) return NOTHING
    if (isMember && !names.isMember(name.text)) return OUTSIDE
    const symbol = followed(symbolAt(name))
    const ids = symbol === undefined ? [] : idsOf(symbol, site, isMember)
    if (ids.length > 0) {
      return {
        targets: ids.map((id) => ({ id, origin: originOf(id, expression, site), confidence: 1 })),
        where: 'inside',
      }
    }
    const assigned = isMember ? assignedMember(expression, name.text, site) : undefined
    if (assigned !== undefined) {
      const origin = index.files.get(assigned) === index.files.get(site.owner) ? 'same-file' : 'receiver-type'
      return { targets: [{ id: assigned, origin, confidence: ASSIGNED_CONFIDENCE }], where: 'inside' }
    }
    if (site.use !== 'call' && site.use !== 'construct') return NOTHING
    return placeOf(symbol, expression)
  }

  function exportsOf(tree: ts.SourceFile): FileExport[] {
    const module = checker.getSymbolAtLocation(tree)
    if (module === undefined) return []
    const exports = checker.getExportsOfModule(module).map(exportOf)
    const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals)
    if (whole === undefined) return exports
    const one = exportOf(whole)
    // An object that is made in place only holds what is exported.
    const isHolder = one.to === null || one.to === index.wholes.get(tree.fileName.slice(ROOT.length))
    const members = isHolder ? checker.getPropertiesOfType(checker.getTypeOfSymbol(whole)).map(exportOf) : []
    const own = members.filter(({ to }) => to !== null)
    return one.to === null ? [...exports, ...own] : [...exports, one, ...own]
  }

  function exportOf(symbol: ts.Symbol): FileExport {
    return { name: symbol.name, to: idOf(followed(symbol)) ?? null }
  }

  function importedBy({ name, imported, specifier }: BoundName): string | undefined {
    const symbol = checker.getSymbolAtLocation(name)
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0) return idOf(followed(symbol))
    // What a dynamic import gives is a variable for the compiler.
    const module = checker.getSymbolAtLocation(specifier)
    if (module === undefined) return undefined
    return idOf(followed(imported === null ? module : checker.tryGetMemberInModuleExports(imported, module)))
  }

  /** The component that declares something, or the file that it is. */
  function idOf(target: ts.Symbol | undefined): string | undefined {
    const declarations = target?.declarations ?? []
    const ranked = [...declarations].sort((a, b) => Number(isTypeDeclaration(a)) - Number(isTypeDeclaration(b)))
    for (const one of ranked) {
      const path = one.getSourceFile().fileName.slice(ROOT.length)
      const id = ts.isSourceFile(one) ? (index.wholes.get(path) ?? path) : index.owners.get(one)
      if (id !== undefined) return id
    }
    return undefined
  }

  /** The nearest declaration of a member in each of the bases of its class. */
  function overridden(name: ts.Identifier, site: Site): SiteTargets {
    const targets: Target[] = []
    for (const clause of (name.parent.parent as ts.ClassLikeDeclaration).heritageClauses ?? []) {
      for (const base of clause.types) {
        const property = checker.getTypeAtLocation(base).getProperty(name.text)
        for (const declaration of property?.declarations ?? []) {
          const id = index.owners.get(declaration)
          if (id === undefined) continue
          const isOwnFile = index.files.get(id) === index.files.get(site.owner)
          targets.push({ id, origin: isOwnFile ? 'same-file' : 'inheritance', confidence: 1 })
        }
      }
    }
    return { targets, where: 'inside' }
  }

  function symbolAt(name: ts.Identifier | ts.PrivateIdentifier): ts.Symbol | undefined {
    const { parent } = name
    if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent)
    const member = ts.isPropertyAccessExpression(parent) && parent.name === name ? findMember(parent) : undefined
    return member === undefined ? checker.getSymbolAtLocation(name) : member.symbol
  }

  /** Through imports and re-exports to where a thing is defined, `module.exports = require(…)` included. */
  function followed(given: ts.Symbol | undefined): ts.Symbol | undefined {
    let symbol = given
    for (let step = 0; symbol !== undefined && step < MAX_STEPS; step++) {
      if ((symbol.flags & ts.SymbolFlags.Alias) !== 0) {
        const aliased = checker.getAliasedSymbol(symbol)
        if (aliased === symbol) return symbol
        symbol = aliased
        continue
      }
      const declaration = symbol.declarations?.[0]
      const passed = declaration === undefined ? undefined : passedOn(declaration)
      if (passed === undefined) return symbol
      symbol = passed
    }
    return symbol
  }

  /** What `module.exports = require('./other')`, `exports.name = name` and `{ name }` hand on. */
  function passedOn(declaration: ts.Declaration): ts.Symbol | undefined {
    if (index.owners.has(declaration)) return undefined
    if (ts.isShorthandPropertyAssignment(declaration)) return checker.getShorthandAssignmentValueSymbol(declaration)
    const value = handedValue(declaration)
    if (value === undefined) return undefined
    if (ts.isIdentifier(value)) return checker.getSymbolAtLocation(value)
    if (ts.isPropertyAccessExpression(value) && isRequired(value)) return checker.getSymbolAtLocation(value.name)
    const argument = requiredBy(value) === undefined ? undefined : (value as ts.CallExpression).arguments[0]
    const required = argument === undefined ? undefined : checker.getSymbolAtLocation(argument)
    return required?.exports?.get(ts.InternalSymbolName.ExportEquals) ?? required
  }

  function idsOf(symbol: ts.Symbol, site: Site, isMember: boolean): string[] {
    const declarations = symbol.declarations ?? []
    const isType = ts.isPartOfTypeNode(site.expression) || site.use === 'implements' || isTypeName(site.expression)
    const fitting = declarations.filter(
      (one) => isType || !(ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)),
    )
    const preferred = isType ? declarations.filter((one) => isTypeDeclaration(one)) : fitting
    const ids = new Set<string>()
    for (const one of preferred.length > 0 ? preferred : declarations) {
      const id = ts.isSourceFile(one) ? index.wholes.get(one.fileName.slice(ROOT.length)) : index.owners.get(one)
      if (id !== undefined) ids.add(id)
    }
    if (!isMember || isType) return [...ids].slice(0, 1)
    return ids.size > MAX_TARGETS ? [] : [...ids]
  }

  function originOf(id: string, expression: ts.Node, site: Site): EdgeOrigin {
    if (index.files.get(id) === index.files.get(site.owner)) return 'same-file'
    if (ts.isImportTypeNode(expression.parent)) return 'import'
    if (ts.isIdentifier(expression)) {
      const symbol = symbolAt(expression)
      return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) === 0 ? 'package' : 'import'
    }
    const receiver = receiverOf(expression)
    if (requiredBy(receiver) !== undefined) return 'import'
    if (receiver === undefined || ts.isIdentifier(receiver) || ts.isQualifiedName(receiver)) {
      const symbol = receiver === undefined ? undefined : followed(checker.getSymbolAtLocation(receiver))
      const flags = symbol?.flags ?? 0
      if ((flags & (ts.SymbolFlags.Module | ts.SymbolFlags.Alias)) !== 0) return 'import'
    }
    const isOwn = receiver?.kind === ts.SyntaxKind.ThisKeyword || receiver?.kind === ts.SyntaxKind.SuperKeyword
    return isOwn ? 'inheritance' : 'receiver-type'
  }

  /** A member of `this` or of a named object that JavaScript assigned to it. */
  function assignedMember(expression: ts.Node, name: string, site: Site): string | undefined {
    const receiver = receiverOf(expression)
    if (receiver === undefined) return undefined
    if (receiver.kind === ts.SyntaxKind.ThisKeyword) {
      const container = ownerOfThis(receiver)
      return container === undefined ? undefined : index.members.get(container)?.get(name)
    }
    if (!ts.isIdentifier(receiver)) return undefined
    const symbol = followed(symbolAt(receiver))
    const [container] = symbol === undefined ? [] : idsOf(symbol, { ...site, expression: receiver }, false)
    return container === undefined ? undefined : index.members.get(container)?.get(name)
  }

  /** The container of the member whose function this `this` belongs to. */
  function ownerOfThis(node: ts.Node): string | undefined {
    let current = node.parent
    while (current !== undefined && !ts.isSourceFile(current)) {
      if (ts.isFunctionLike(current) && !ts.isArrowFunction(current)) {
        const id = index.owners.get(current) ?? index.owners.get(current.parent)
        return id === undefined ? undefined : index.parents.get(id)
      }
      current = current.parent
    }
    return undefined
  }

  /** Where a call without a component goes. */
  function placeOf(symbol: ts.Symbol | undefined, expression: ts.Node): SiteTargets {
    const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0]
    if (declaration === undefined) return isOutsideChain(expression) ? OUTSIDE : NOTHING
    if (!declaration.getSourceFile().fileName.startsWith(ROOT)) return OUTSIDE
    if (isFunctionValue(declaration)) return INSIDE
    return isOutsideChain(expression) ? OUTSIDE : NOTHING
  }

  /** Whether the name at the start of `a.b().c` is of another package or of the platform. */
  function isOutsideChain(given: ts.Node): boolean {
    let expression: ts.Node | undefined = given
    for (let step = 0; expression !== undefined && step < MAX_STEPS; step++) {
      const root = rootOf(expression)
      if (root === undefined) return false
      if (requiredBy(root) !== undefined) return isOutsideModule(requiredBy(root), root)
      if (!ts.isIdentifier(root)) return false
      const symbol = symbolAt(root)
      const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0]
      if (symbol === undefined || declaration === undefined) return true
      if (!declaration.getSourceFile().fileName.startsWith(ROOT)) return true
      if ((symbol.flags & ts.SymbolFlags.Alias) !== 0) return isOutsideModule(specifierOf(declaration), declaration)
      expression = originOfValue(declaration)
    }
    return false
  }

  function isOutsideModule(specifier: string | undefined, node: ts.Node): boolean {
    if (specifier === undefined) return false
    const from = node.getSourceFile().fileName.slice(ROOT.length)
    return !specifier.startsWith('.') && resolve(specifier, from) === undefined
  }
}
