/** Creates records of parameters and type parameters. */

import { ts } from '#generate/analyse/compiler.mjs'
import { writtenType } from './jsdoc.ts'
import type { Maker } from './maker.ts'
import { Flag } from './record-values.ts'
import { Kind } from './records.ts'

export function parameterOf(maker: Maker, node: ts.ParameterDeclaration): number {
  return maker.later(node, Kind.parameter, (at) => {
    const { initializer, dotDotDotToken, questionToken, parent } = node
    const text = nameOfParameter(node)
    const isOptional = questionToken !== undefined || initializer !== undefined
    const flags =
      (dotDotDotToken === undefined ? 0 : Flag.rest) |
      (isOptional ? Flag.optional : 0) |
      (text === 'this' ? Flag.isThis : 0) |
      (maker.isJavaScript ? Flag.javascript : 0)
    const index = parent.parameters?.indexOf(node) ?? 0
    maker.fill(at, [
      maker.componentOf(node),
      maker.name(text),
      writtenType(maker, node),
      maker.expressionOf(initializer),
      flags,
      maker.signatureOf(parent),
      index,
    ])
  })
}

/** '' for a pattern, and for a parameter without a name, as in `function(string): void` of JSDoc. */
export function nameOfParameter(node: { name?: ts.Node }): string {
  const { name } = node
  return name !== undefined && ts.isIdentifier(name) ? name.text : ''
}

export function typeParametersOf(maker: Maker, nodes: readonly ts.TypeParameterDeclaration[] | undefined): number {
  return maker.heap.list((nodes ?? []).map((node) => typeParameterOf(maker, node)))
}

export function typeParameterOf(maker: Maker, node: ts.TypeParameterDeclaration): number {
  return maker.later(node, Kind.typeParameter, (at) => {
    const { name, constraint, default: fallback, parent } = node
    // The keys of a mapped type are not a constraint of its parameter.
    const isMapped = parent !== undefined && ts.isMappedTypeNode(parent)
    maker.fill(at, [0, maker.name(name.text), isMapped ? 0 : maker.typeOf(constraint), maker.typeOf(fallback)])
  })
}
