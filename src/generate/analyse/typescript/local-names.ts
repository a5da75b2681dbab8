/** Which names a function binds for itself, so that a name in it is not taken for one of the file. From syntax alone. */

import { ts } from '#generate/analyse/compiler.mjs'

/** Answers for one file; remembers what each function binds. */
export class LocalNames {
  readonly #bound = new Map<ts.Node, ReadonlySet<string>>()

  /** Whether a function, class or module around the name binds it. Blocks count as their whole function. */
  isLocal(name: ts.Identifier): boolean {
    let current = name.parent
    while (current !== undefined && !ts.isSourceFile(current)) {
      if (ts.isFunctionLike(current) || ts.isModuleBlock(current) || ts.isClassExpression(current)) {
        if (this.#namesOf(current).has(name.text)) return true
      }
      current = current.parent
    }
    return false
  }

  #namesOf(scope: ts.Node): ReadonlySet<string> {
    const known = this.#bound.get(scope)
    if (known !== undefined) return known
    const names = new Set<string>()
    const pending: ts.Node[] = [scope]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (bindsName(node)) names.add(node.name.text)
      const isInner = node !== scope && (ts.isFunctionLike(node) || ts.isClassLike(node))
      if (!isInner) ts.forEachChild(node, (child) => void pending.push(child))
    }
    this.#bound.set(scope, names)
    return names
  }
}

function bindsName(node: ts.Node): node is ts.Declaration & { name: ts.Identifier } {
  const isBinding =
    ts.isParameter(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isTypeParameterDeclaration(node)
  return isBinding && node.name !== undefined && ts.isIdentifier(node.name)
}
