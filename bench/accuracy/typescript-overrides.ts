/** Which method overrides or implements which, for the oracle of TypeScript: by the types of what a class extends and implements. */

import ts from 'typescript'
import type { SymbolEdge, SymbolEnd } from './oracle.ts'

/** From each method of a class to the method of the nearest declaration of each of its bases; own files included. */
export function overridesOf(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  endOf: (declaration: ts.Node) => SymbolEnd,
): SymbolEdge[] {
  const edges: SymbolEdge[] = []
  const pending: ts.Node[] = [file]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    ts.forEachChild(node, (child) => void pending.push(child))
    if (!ts.isClassDeclaration(node)) continue
    const bases = node.heritageClauses?.flatMap((clause) => clause.types) ?? []
    for (const member of node.members) {
      if (!ts.isMethodDeclaration(member) || !ts.isIdentifier(member.name)) continue
      if (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) continue
      for (const base of bases) {
        const property = checker.getTypeAtLocation(base).getProperty(member.name.text)
        for (const declaration of property?.declarations ?? []) {
          const isMethod = ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration)
          if (isMethod && isOfType(declaration)) edges.push({ from: endOf(member), to: endOf(declaration) })
        }
      }
    }
  }
  return edges
}

/** A member of a class or an interface, and not of a type that is written inline. */
function isOfType(declaration: ts.Declaration): boolean {
  return ts.isClassLike(declaration.parent) || ts.isInterfaceDeclaration(declaration.parent)
}
