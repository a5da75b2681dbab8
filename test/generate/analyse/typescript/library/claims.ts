/** Holds what the table says of a type against what the compiler's checker knows of it. Says what is wrong, and nothing where all is right. */

import ts from 'typescript'
import { libraryDeclaration, libraryGlobal } from '#generate/analyse/typescript/library/library.ts'
import type { LibraryElement, LibrarySignature, LibraryType } from '#generate/analyse/typescript/library/types.ts'
import { substitute } from './substitute.ts'

/** What the parameters of a claim stand for, and `this`. */
export interface Around {
  readonly self?: ts.Type
  readonly receiver: readonly ts.Type[]
  readonly own: readonly ts.Type[]
}

type Of<K extends LibraryType['kind']> = Extract<LibraryType, { kind: K }>

const { TypeFlags } = ts
const PRIMITIVES: Readonly<Record<string, ts.TypeFlags>> = {
  string: TypeFlags.StringLike,
  number: TypeFlags.NumberLike,
  boolean: TypeFlags.BooleanLike,
  bigint: TypeFlags.BigIntLike,
  symbol: TypeFlags.ESSymbolLike,
}
const NOTHING = TypeFlags.Void | TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Never
const MAX_DEPTH = 12

export class Claims {
  readonly #checker: ts.TypeChecker

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  /** @returns What is wrong; `undefined` where the claim holds. */
  wrong(claim: LibraryType, given: ts.Type, around: Around, depth = 0): string | undefined {
    if (depth > MAX_DEPTH || (given.flags & TypeFlags.Any) !== 0) return undefined
    const parts = partsOf(given)
    const type = given.isUnion() && parts.length === 1 ? (parts[0] ?? given) : given
    const isSo = this.#holds(claim, type, around, depth)
    return isSo === true ? undefined : isSo === false ? this.#unlike(claim, type) : isSo
  }

  /** `false`: the type is another one; a text: what is wrong within. */
  #holds(claim: LibraryType, type: ts.Type, around: Around, depth: number): boolean | string | undefined {
    switch (claim.kind) {
      case 'unknown':
        return true
      case 'outside':
        return !this.#hasParameters(type, depth)
      case 'nothing':
        return (type.isUnion() ? type.types : [type]).every((one) => (one.flags & NOTHING) !== 0)
      case 'primitive': {
        const flags = PRIMITIVES[claim.name] ?? 0
        return partsOf(type).every((one) => (one.flags & flags) !== 0)
      }
      case 'literal':
        return type.isStringLiteral() && type.value === claim.text
      case 'parameter':
        return type === around.receiver[claim.index]
      case 'own':
        return type === around.own[claim.index]
      case 'this':
        return (
          (type as { isThisType?: boolean }).isThisType === true || around.self === undefined || type === around.self
        )
      case 'reference':
        return this.#isReference(claim, type, around, depth)
      case 'union':
      case 'intersection':
        return this.#isOneOf(claim, type, around, depth)
      case 'tuple':
        return this.#isTuple(claim, type, around, depth)
      case 'function':
        return this.#isFunction(claim, type, around, depth)
      case 'object':
        return this.#isObject(claim, type, around, depth)
      case 'keys':
        return this.#isKeys(claim, type, around, depth)
      case 'indexed': {
        if ((type.flags & TypeFlags.IndexedAccess) === 0) return false
        const { objectType, indexType } = type as ts.IndexedAccessType
        return (
          this.wrong(claim.object, objectType, around, depth + 1) ??
          this.wrong(claim.index, indexType, around, depth + 1) ??
          true
        )
      }
      case 'mapped':
        return ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped) !== 0
      case 'item':
        return true
      case 'predicate':
        return this.wrong(claim.type, type, around, depth + 1) ?? true
    }
  }

  #isReference(claim: Of<'reference'>, type: ts.Type, around: Around, depth: number): boolean | string {
    const { name } = claim
    if (name === 'globalThis') return type.symbol?.name === 'globalThis'
    if (name.startsWith('typeof.')) {
      const value = this.#checker.resolveName(name.slice(7), undefined, ts.SymbolFlags.Value, false)
      return value !== undefined && this.#checker.getTypeOfSymbol(value) === type
    }
    const last = name.slice(name.lastIndexOf('.') + 1)
    const given =
      type.aliasSymbol?.name === last
        ? (type.aliasTypeArguments ?? [])
        : type.symbol?.name === last
          ? this.#checker.getTypeArguments(type as ts.TypeReference)
          : undefined
    if (given !== undefined) {
      for (const [index, one] of claim.arguments.entries()) {
        const other = given[index]
        if (other === undefined) return `${name} has no argument ${index}`
        const wrong = this.wrong(one, other, around, depth + 1)
        if (wrong !== undefined) return wrong
      }
      return true
    }
    const { alias } = libraryDeclaration(name) ?? {}
    if (alias === undefined) return false
    return this.wrong(substitute(alias, claim.arguments), type, around, depth + 1) ?? true
  }

  /** Every part of the type is one that is claimed. */
  #isOneOf(claim: Of<'union' | 'intersection'>, type: ts.Type, around: Around, depth: number): boolean | string {
    for (const part of partsOf(type)) {
      const isClaimed = claim.types.some((one) => this.wrong(one, part, around, depth + 1) === undefined)
      if (!isClaimed) return `${this.#checker.typeToString(part)} is not among ${JSON.stringify(claim.types)}`
    }
    return true
  }

  #isTuple(claim: Of<'tuple'>, type: ts.Type, around: Around, depth: number): boolean | string {
    if (!this.#checker.isTupleType(type)) return false
    const given = this.#checker.getTypeArguments(type as ts.TypeReference)
    if (given.length !== claim.elements.length) return false
    for (const [index, element] of claim.elements.entries()) {
      const wrong = this.wrong(element.type, given[index] as ts.Type, around, depth + 1)
      if (wrong !== undefined && !element.isRest) return wrong
    }
    return true
  }

  /** @param isWhole - False where bases of the type may add ways to call it. */
  #isFunction(claim: Of<'function'>, type: ts.Type, around: Around, depth: number, isWhole = true): boolean | string {
    if (isManyOverloads(claim)) return true
    const signatures = asTried(claim.isNew ? type.getConstructSignatures() : type.getCallSignatures())
    if (isWhole ? signatures.length !== claim.signatures.length : signatures.length < claim.signatures.length) {
      return `${claim.signatures.length} signatures claimed, and there are ${signatures.length}`
    }
    for (const [index, signature] of claim.signatures.entries()) {
      const wrong = this.#wrongSignature(signature, signatures[index] as ts.Signature, around, depth)
      if (wrong !== undefined) return `signature ${index}: ${wrong}`
    }
    return true
  }

  #wrongSignature(claim: LibrarySignature, signature: ts.Signature, around: Around, depth: number): string | undefined {
    const parameters = signature.getParameters()
    const own = signature.getTypeParameters() ?? []
    const isInner = around.own.length > 0
    if (own.length !== claim.own.length && !isInner)
      return `${claim.own.length} type parameters claimed of ${own.length}`
    if (parameters.length !== claim.parameters.length)
      return `${claim.parameters.length} parameters claimed of ${parameters.length}`
    const here: Around = { ...around, own: isInner ? around.own : own }
    for (const [index, { constraint, default: byDefault }] of claim.own.entries()) {
      const bound = own[index]?.getConstraint()
      const given = own[index]?.getDefault()
      const wrong =
        (constraint === undefined || bound === undefined
          ? undefined
          : this.wrong(constraint, bound, here, depth + 1)) ??
        (byDefault === undefined || given === undefined ? undefined : this.wrong(byDefault, given, here, depth + 1))
      if (wrong !== undefined) return `type parameter ${index}: ${wrong}`
    }
    for (const [index, parameter] of claim.parameters.entries()) {
      const wrong = this.#wrongParameter(parameter, parameters[index] as ts.Symbol, here, depth)
      if (wrong !== undefined) return `parameter ${index}: ${wrong}`
    }
    const predicate = this.#checker.getTypePredicateOfSignature(signature)?.type
    if (claim.result.kind === 'predicate') {
      return predicate === undefined
        ? 'tells no types apart'
        : this.wrong(claim.result.type, predicate, here, depth + 1)
    }
    const wrong = this.wrong(claim.result, signature.getReturnType(), here, depth + 1)
    return wrong === undefined ? undefined : `result: ${wrong}`
  }

  #wrongParameter(
    claim: LibraryElement & { isOptional: boolean },
    parameter: ts.Symbol,
    around: Around,
    depth: number,
  ): string | undefined {
    const declaration = parameter.valueDeclaration
    if (declaration === undefined || !ts.isParameter(declaration)) return undefined
    if (claim.isRest !== (declaration.dotDotDotToken !== undefined)) return 'rest or not'
    if (claim.isOptional !== (declaration.questionToken !== undefined)) return 'optional or not'
    return this.wrong(claim.type, this.#checker.getTypeOfSymbol(parameter), around, depth + 1)
  }

  #isObject(claim: Of<'object'>, type: ts.Type, around: Around, depth: number): boolean | string {
    for (const [name, member] of claim.members) {
      if (member.type.kind === 'function' && (name === '()' || name === 'new')) {
        const isSo = this.#isFunction(member.type, type, around, depth + 1, false)
        if (isSo !== true) return `${name}: ${isSo}`
        continue
      }
      const index = name === '[string]' ? ts.IndexKind.String : name === '[]' ? ts.IndexKind.Number : undefined
      const property = this.#checker.getPropertiesOfType(type).find((one) => nameOfProperty(one) === name)
      const found =
        index !== undefined
          ? this.#checker.getIndexTypeOfType(type, index)
          : property && this.#checker.getTypeOfSymbol(property)
      if (found === undefined) return `there is no ${name}`
      const wrong = this.wrong(member.type, found, around, depth + 1)
      if (wrong !== undefined) return `${name}: ${wrong}`
    }
    return true
  }

  #isKeys(claim: Of<'keys'>, type: ts.Type, around: Around, depth: number): boolean | string {
    if ((type.flags & TypeFlags.Index) !== 0) {
      return this.wrong(claim.of, (type as ts.IndexType).type as ts.Type, around, depth + 1) ?? true
    }
    return partsOf(type).every(
      (one) => (one.flags & (TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.ESSymbolLike)) !== 0,
    )
  }

  /** Whether a type parameter is in a type, as far as its arguments and parts show. */
  #hasParameters(type: ts.Type, depth: number): boolean {
    if (depth > MAX_DEPTH) return false
    if ((type.flags & TypeFlags.TypeParameter) !== 0) return true
    if ((type.flags & TypeFlags.IndexedAccess) !== 0)
      return this.#hasParameters((type as ts.IndexedAccessType).objectType, depth + 1)
    if (type.isUnionOrIntersection()) return type.types.some((one) => this.#hasParameters(one, depth + 1))
    const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0
    if ((type.flags & TypeFlags.Object) === 0 || !isReference) return false
    const { target } = type as ts.TypeReference
    const count = target.typeParameters?.length ?? 0
    const given = this.#checker.getTypeArguments(type as ts.TypeReference).slice(0, Math.max(count, 0))
    return target !== type && given.some((one) => this.#hasParameters(one, depth + 1))
  }

  #unlike(claim: LibraryType, type: ts.Type): string {
    return `${JSON.stringify(claim)} is claimed of ${this.#checker.typeToString(type)}`
  }
}

/** `[iterator]` for `__@iterator@12`. */
export function nameOfProperty({ name }: ts.Symbol): string {
  return /^__@(\w+)@\d+$/.exec(name)?.[1]?.replace(/^.*$/, '[$&]') ?? name
}

const nameOf = (node: (ts.Node & { name?: ts.Node }) | undefined): string => node?.name?.getText() ?? ''

/** In the order of `reorderCandidates` of the compiler: later declarations first, those with literal types before all. */
function asTried(signatures: readonly ts.Signature[]): ts.Signature[] {
  const tried: ts.Signature[] = []
  let lastSymbol: string | undefined
  let lastParent: ts.Node | undefined
  let [index, cutoff, special] = [0, 0, -1]
  for (const signature of signatures) {
    const { declaration } = signature
    const parent = declaration?.parent
    const symbol = `${nameOf(parent)}.${nameOf(declaration)}`
    if (lastSymbol === undefined || symbol === lastSymbol) {
      if (lastParent !== undefined && parent === lastParent) index++
      else {
        lastParent = parent
        index = cutoff
      }
    } else {
      index = cutoff = tried.length
      lastParent = parent
    }
    lastSymbol = symbol
    const hasLiterals =
      declaration?.parameters.some(
        (one) => ts.isParameter(one) && one.type !== undefined && ts.isLiteralTypeNode(one.type),
      ) === true
    if (hasLiterals) {
      tried.splice(++special, 0, signature)
      cutoff++
    } else tried.splice(index, 0, signature)
  }
  return tried
}

/** Of more overloads than are written nothing is said. */
function isManyOverloads({ signatures }: Of<'function'>): boolean {
  const [first] = signatures
  const [parameter] = first?.parameters ?? []
  return signatures.length === 1 && parameter?.isRest === true && parameter.type.kind === 'outside'
}

/** Without `null` and `undefined`. */
function partsOf(type: ts.Type): readonly ts.Type[] {
  if (!type.isUnion()) return type.isIntersection() ? type.types : [type]
  const parts = type.types.filter((one) => (one.flags & NOTHING) === 0)
  return parts.length === 0 ? [type] : parts
}

/** The claim of a global value, for `typeof.X` its members. */
export function claimOfValue(name: string): LibraryType | undefined {
  const global = libraryGlobal(name)
  if (global?.type.kind !== 'reference' || !global.type.name.startsWith('typeof.')) return global?.type
  const declaration = libraryDeclaration(global.type.name)
  return declaration === undefined ? undefined : { kind: 'object', members: declaration.members }
}
