/** Members of C++ that are defined outside of their class have the visibility of their declaration in it. */

import type { Component } from '#generate/model.ts'

const CPP = /\.(?:c\+\+|cc|cpp|cxx|h|h\+\+|hh|hpp|hxx|inl|ipp|tpp)$/i

export function withDeclaredVisibility(components: readonly Component[]): readonly Component[] {
  const declared = new Map<string, Component>()
  for (const component of components)
    if (component.parent !== null && isMember(component) && component.visibility !== 'public')
      declared.set(component.qualifiedName, component)
  if (declared.size === 0) return components
  // A public overload of the same name leaves open which one is defined.
  for (const component of components)
    if (component.visibility === 'public' && isMember(component) && !isOutside(component))
      declared.delete(component.qualifiedName)
  return components.map((component) => {
    const found = isMember(component) && isOutside(component) ? declared.get(component.qualifiedName) : undefined
    return found === undefined ? component : { ...component, visibility: found.visibility, exported: found.exported }
  })
}

const isMember = ({ kind, file }: Component): boolean => kind === 'method' && CPP.test(file)

/** Its signature names the class: `void Pool::grow()`. */
const isOutside = ({ name, signature }: Component): boolean => signature.includes(`::${name}`)
