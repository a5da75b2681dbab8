/**
 * What users do with the types that a package exports: they read what its values give and what their own callbacks are given, and
 * make what its values take. A type that no value leads to is both read and made.
 */

import ts from 'typescript'

export interface Roles {
  /** Names of exported types. */
  read: ReadonlySet<string>
  made: ReadonlySet<string>
}

const MAX_DEPTH = 12

export function rolesOf(module: ts.Symbol, checker: ts.TypeChecker): Roles {
  const exported = checker.getExportsOfModule(module)
  const targetOf = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const named = exported.flatMap((symbol): [ts.Symbol, string][] => [
    [targetOf(symbol), symbol.name],
    ...typesInside(targetOf(symbol), checker).map((inner): [ts.Symbol, string] => [
      inner,
      `${symbol.name}.${inner.name}`,
    ]),
  ])
  const names = new Map(named)
  const roles = { read: new Set<string>(), made: new Set<string>() }
  const seen = { read: new Set<ts.Type>(), made: new Set<ts.Type>() }

  function visit(type: ts.Type, role: keyof Roles, depth: number): void {
    for (const symbol of [type.aliasSymbol, type.getSymbol()]) {
      const name = symbol && names.get(symbol)
      if (name !== undefined) roles[role].add(name)
    }
    if (seen[role].has(type) || depth > MAX_DEPTH) return
    seen[role].add(type)
    for (const argument of [...(type.aliasTypeArguments ?? []), ...argumentsOf(type)]) visit(argument, role, depth + 1)
    if (type.isUnionOrIntersection()) for (const part of type.types) visit(part, role, depth + 1)
    if (isForeign(type)) return
    for (const member of checker.getPropertiesOfType(type)) {
      const declaration = member.valueDeclaration ?? member.declarations?.[0]
      if (declaration !== undefined) visit(checker.getTypeOfSymbolAtLocation(member, declaration), role, depth + 1)
    }
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      visit(signature.getReturnType(), role, depth + 1)
      const other = role === 'read' ? 'made' : 'read'
      for (const parameter of signature.getParameters()) {
        const declaration = parameter.valueDeclaration
        if (declaration !== undefined)
          visit(checker.getTypeOfSymbolAtLocation(parameter, declaration), other, depth + 1)
      }
    }
  }

  const argumentsOf = (type: ts.Type): readonly ts.Type[] => (isReference(type) ? checker.getTypeArguments(type) : [])

  for (const symbol of exported) {
    const target = targetOf(symbol)
    const [declaration] = target.declarations ?? []
    if (declaration !== undefined && target.flags & ts.SymbolFlags.Value)
      visit(checker.getTypeOfSymbolAtLocation(target, declaration), 'read', 0)
  }
  for (const [, name] of named) {
    if (roles.read.has(name) || roles.made.has(name)) continue
    roles.read.add(name)
    roles.made.add(name)
  }
  return roles
}

/** The types that a namespace exports. */
export function typesInside(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  if (!(symbol.flags & ts.SymbolFlags.NamespaceModule)) return []
  const isType = (one: ts.Symbol): boolean => (one.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0
  return checker.getExportsOfModule(symbol).filter(isType)
}

/** Of the standard library, whose members lead nowhere. */
const isForeign = (type: ts.Type): boolean =>
  type
    .getSymbol()
    ?.declarations?.every((one) => /\/lib\.[\w.]+\.d\.ts$|\/node_modules\//.test(one.getSourceFile().fileName)) === true

const isReference = (type: ts.Type): type is ts.TypeReference =>
  (type.flags & ts.TypeFlags.Object) !== 0 && ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0
