/** Which method overrides or implements which, for the oracle of TypeScript: by the types of what a class extends and implements. */

import ts from 'typescript'

/**
 * Tell of each member of a class and the nearest declaration of it in each of the class's bases, in this file or another.
 * `isMethod`: both are written as methods, and not as fields or accessors.
 */
export function overridesOf(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  on: (member: ts.Declaration, overridden: ts.Declaration, isMethod: boolean) => void,
): void {
  const pending: ts.Node[] = [file]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    ts.forEachChild(node, (child) => void pending.push(child))
    if (!ts.isClassDeclaration(node) || isLocal(node)) continue
    const bases = node.heritageClauses?.flatMap((clause) => clause.types) ?? []
    for (const member of node.members) {
      if (member.name === undefined || !ts.isIdentifier(member.name)) continue
      if (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) continue
      for (const base of bases) {
        const property = checker.getTypeAtLocation(base).getProperty(member.name.text)
        for (const declaration of property?.declarations ?? []) {
          const isMethod = ts.isMethodDeclaration(declaration) || ts.isMethodSignature(declaration)
          if (isOfType(declaration)) on(member, declaration, isMethod && ts.isMethodDeclaration(member))
        }
      }
    }
  }
}

/** Declared in a function. */
function isLocal(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) if (ts.isFunctionLike(at)) return true
  return false
}

/** A member of a class or an interface, and not of a type that is written inline. */
function isOfType(declaration: ts.Declaration): boolean {
  return ts.isClassLike(declaration.parent) || ts.isInterfaceDeclaration(declaration.parent)
}
